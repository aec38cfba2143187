package org.wagerail.trail;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One text in both languages. */
public record Words(String chinese, String english) {
  /**
   * Both texts, filled in with the same values; what is not there is a hyphen.
   *
   * @param chinese a format; its places are numbered where their order differs
   * @param english a format
   */
  static Words of(String chinese, String english, @Nullable Object... values) {
    var shown = Arrays.stream(values).map(value -> value == null ? "-" : value).toArray();
    return new Words(chinese.formatted(shown), english.formatted(shown));
  }
}
