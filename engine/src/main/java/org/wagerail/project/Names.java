package org.wagerail.project;

import java.text.Normalizer;

/** How names of persons and firms are compared. They are kept as they were given. */
public final class Names {
  /** The dots that are typed between the parts of one name; full width forms are folded before. */
  private static final String DOTS = "\u00b7\u2022\u2027\u2219\u22c5\u30fb\u25cf.\u0387";

  private Names() {}

  /**
   * The form in which equal names are equal: compatibility normalisation (which folds width), no
   * spaces, one kind of middle dot. Characters beyond the basic plane survive.
   */
  public static String fold(String name) {
    if (isPlain(name)) {
      return name;
    }
    var normal = Normalizer.normalize(name, Normalizer.Form.NFKC);
    var folded = new StringBuilder(normal.length());
    normal
        .codePoints()
        .filter(c -> !isSpace(c))
        .map(c -> DOTS.indexOf(c) >= 0 ? '\u00b7' : c)
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  /**
   * Whether the name has characters that nobody sees or that no name has: controls, zero-width and
   * direction marks, unpaired surrogates, non-characters. They are never folded away, because two
   * names that only look alike are a reason to ask.
   */
  public static boolean hasBadCharacter(String name) {
    if (isPlain(name)) {
      return false;
    }
    return name.codePoints().anyMatch(Names::isBad);
  }

  /** Unified ideographs and nothing else, as most names are: no folding changes them. */
  private static boolean isPlain(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '\u4e00' || c > '\u9fff') {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean isBad(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef) || c == 0xfffd;
    };
  }
}
