package org.wagerail.iso;

/** What a {@link Walker} tells a reader about the places of its {@link Interest}. */
interface Sink {
  /** A sink that hears nothing. */
  Sink DEAF =
      new Sink() {
        @Override
        public void begin(int mark) {
          // Nobody listens.
        }

        @Override
        public void value(int mark, String value) {
          // Nobody listens.
        }

        @Override
        public void end(int mark) {
          // Nobody listens.
        }
      };

  /** An element that holds elements begins. */
  void begin(int mark);

  /**
   * An element or attribute has this value. Dates, numbers and flags are told without outer white
   * space and only if they are well-formed; text is told as it stands.
   */
  void value(int mark, String value);

  /** An element that holds elements ends. */
  void end(int mark);

  /** Whether the element belongs to the content that the canonical hash covers. */
  default boolean hashed(int mark) {
    return true;
  }
}
