package org.wagerail.ops.payday;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A job did all it could, and some of it could not be done: a document whose kept bytes are
 * damaged, a run that cannot be booked. Nothing of these was written; they stay open, and the next
 * job tries them again.
 */
public final class SetAside extends RuntimeException {
  /**
   * What could not be done.
   *
   * @param step of the job
   * @param item by its numbers
   */
  public record Item(String step, String item, RuntimeException why) {
    private String reason() {
      // What wraps the reason does not tell it.
      Throwable root = why;
      while (root instanceof RuntimeException && root.getCause() != null) {
        root = root.getCause();
      }
      return step + ": " + item + ": " + root.getMessage();
    }
  }

  private final List<Item> items;

  SetAside(String job, List<Item> items) {
    super(
        "%s: 其余已完成，%d 项未能处理，须由人查看 the rest is done, and a person must look at %d:%n%s"
            .formatted(
                job,
                items.size(),
                items.size(),
                items.stream()
                    .map(item -> "  " + item.reason())
                    .collect(Collectors.joining(System.lineSeparator()))));
    this.items = List.copyOf(items);
    items.forEach(item -> addSuppressed(item.why()));
  }

  /** What could not be done, in the order in which it was tried. */
  public List<Item> items() {
    return items;
  }
}
