package org.wagerail.adapter.outbox;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Messages that could not be delivered, such as those whose kept bytes are damaged. All others have
 * gone out; these stay due and are tried again with the next delivery.
 */
public final class Undelivered extends RuntimeException {
  /** A message by its name, and what was in the way. */
  record Failure(String name, RuntimeException why) {}

  private final int delivered;

  Undelivered(int delivered, List<Failure> failures) {
    super(
        "%d 份报文未能送出，其余已送出 could not be delivered: %d messages; all others were:%n%s"
            .formatted(
                failures.size(),
                failures.size(),
                failures.stream()
                    .map(failure -> "  " + failure.name() + ": " + reason(failure.why()))
                    .collect(Collectors.joining(System.lineSeparator()))));
    this.delivered = delivered;
    failures.forEach(failure -> addSuppressed(failure.why()));
  }

  /** How many messages went out. */
  public int delivered() {
    return delivered;
  }

  private static String reason(RuntimeException why) {
    return why.getCause() == null ? why.toString() : why.getCause().toString();
  }
}
