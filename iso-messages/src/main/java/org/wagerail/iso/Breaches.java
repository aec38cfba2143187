package org.wagerail.iso;

import org.jspecify.annotations.Nullable;

/** Takes what breaks the grammar at the element at hand. */
interface Breaches {
  /**
   * Notes a breach, and reading goes on.
   *
   * @param child the element or {@code @attribute} below the one at hand, or null for itself
   */
  void find(Rule rule, String code, @Nullable String child, String detail);

  /** Notes a breach that ends reading. */
  void stop(Rule rule, String detail);

  /** Notes a name that the grammar does not know: only so many are told apart. */
  void strange(@Nullable String name);
}
