package org.wagerail.iso;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the parser leaves to its caller about names. */
final class Names {
  /** The parser keeps every name it has met, so names of the file's own invention are limited. */
  static final int MOST_STRANGE = 10_000;

  private final Set<String> strange = new HashSet<>();

  /** Counts a name that the message does not know; true when there are too many of them. */
  boolean tooMany(String name) {
    return strange.add(name) && strange.size() == MOST_STRANGE;
  }

  /** Namespaces in XML 1.0: a prefix is a name and means something; both are text. */
  static boolean isBinding(@Nullable String prefix, @Nullable String uri) {
    return isText(uri)
        && (prefix == null
            || prefix.isEmpty()
            || (uri != null && !uri.isEmpty() && isName(prefix)));
  }

  /** The parser checks how a whole name starts, not its part after the colon. */
  static boolean isName(String part) {
    if (part.isEmpty()) {
      return false;
    }
    char first = part.charAt(0);
    return first != '-' && first != '.' && !Character.isDigit(first);
  }

  /** The parser lets the two that are no characters pass in an address, and only there. */
  private static boolean isText(@Nullable String uri) {
    return uri == null || (uri.indexOf('\uFFFE') < 0 && uri.indexOf('\uFFFF') < 0);
  }
}
