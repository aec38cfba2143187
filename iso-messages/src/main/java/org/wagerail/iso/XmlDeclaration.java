package org.wagerail.iso;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of the XML declaration before the parser reads it. Whether it is well-formed
 * is for the parser to say.
 *
 * @param encoding the encoding that it names, in capitals; null if it names none
 * @param lineEnds number of line ends in it, which the parser does not count
 */
record XmlDeclaration(@Nullable String encoding, int lineEnds) {
  private static final Pattern WHOLE =
      Pattern.compile("^<\\?xml[\\x00-\\x20].*?\\?>", Pattern.DOTALL);
  private static final Pattern ENCODING =
      Pattern.compile("encoding\\s*=\\s*([\"'])(.*?)\\1", Pattern.DOTALL);
  private static final Pattern LINE_END = Pattern.compile("\\r\\n?|\\n");

  /** The parser takes any of these for white space. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]");

  /** Reads the declaration at the beginning of a text, if there is one. */
  static XmlDeclaration of(String head) throws Unreadable {
    Matcher whole = WHOLE.matcher(head);
    String text = whole.find() ? whole.group() : "";
    if (CONTROL.matcher(text).find()) {
      throw new Unreadable(Rule.XML_NOT_WELL_FORMED, "control character in the declaration");
    }
    Matcher encoding = ENCODING.matcher(text);
    return new XmlDeclaration(
        encoding.find() ? encoding.group(2).toUpperCase(Locale.ROOT) : null,
        Math.toIntExact(LINE_END.matcher(text).results().count()));
  }
}
