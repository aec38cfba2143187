package org.wagerail.ops.home;

import org.jspecify.annotations.Nullable;

/** Wagerail cannot begin, for a reason that the person at the terminal can act on. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The reason in both languages, the Chinese first, each in full. */
  public CannotStart(String chinese, String english) {
    this(chinese, english, null);
  }

  public CannotStart(String chinese, String english, @Nullable Throwable cause) {
    super(chinese + System.lineSeparator() + english, cause);
  }
}
