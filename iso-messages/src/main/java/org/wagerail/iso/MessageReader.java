package org.wagerail.iso;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A message read as a stream of events, and judged against its grammar in the same pass. Memory is
 * bounded by the largest event, never by the file.
 *
 * @param <E> what such a message says
 */
public abstract class MessageReader<E> implements AutoCloseable {
  /**
   * Gathers the values of the element at hand into events.
   *
   * @param <E> what the message says
   */
  abstract static class Gathering<E> implements Sink {
    private final Deque<E> ready = new ArrayDeque<>(4);
    private @Nullable Walker walker;

    /** Hears what this walker reads. */
    void follow(Walker reads) {
      walker = reads;
    }

    final void tell(E event) {
      ready.add(event);
    }

    /** Line of the element at hand. */
    final int line() {
      return walker == null ? 0 : walker.line();
    }
  }

  private final Gathering<E> gathering;
  private final Walker walker;

  MessageReader(InputStream in, String kind, Interest interest, Gathering<E> gathering) {
    this(in, kind, interest, gathering, null);
  }

  /**
   * @param kind beginning of the names of the messages that are read; a file of another message
   *     gives a finding
   */
  MessageReader(
      InputStream in,
      String kind,
      Interest interest,
      Gathering<E> gathering,
      @Nullable CanonicalHash hash) {
    this.gathering = gathering;
    walker = new Walker(in, kind, interest, gathering, hash);
    gathering.follow(walker);
  }

  /**
   * The next event, or null at the end.
   *
   * @throws java.io.UncheckedIOException if the stream itself fails
   */
  public final @Nullable E next() {
    while (gathering.ready.isEmpty() && walker.advance()) {
      // The gathering fills the queue.
    }
    return gathering.ready.poll();
  }

  /** The judgement; complete once {@link #next} has given null. */
  public final Report report() {
    return walker.report();
  }

  @Override
  public final void close() {
    walker.close();
  }
}
