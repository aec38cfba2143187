package org.wagerail.ops.cli;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes one value as one line of JSON. Takes maps in their order, lists, strings, booleans, null,
 * and whole or decimal numbers; nothing else, so that no object prints itself by accident.
 */
final class Json {
  private Json() {}

  static String line(SequencedMap<String, ? extends @Nullable Object> members) {
    var text = new StringBuilder();
    write(text, members);
    return text.toString();
  }

  private static void write(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case null -> text.append("null");
      case String string -> quote(text, string);
      case Boolean truth -> text.append(truth);
      case Integer number -> text.append(number);
      case Long number -> text.append(number);
      case java.math.BigDecimal number -> text.append(number.toPlainString());
      case Double number when Double.isFinite(number) -> text.append(number);
      case List<?> list -> {
        var separator = "";
        text.append('[');
        for (var item : list) {
          text.append(separator);
          write(text, item);
          separator = ",";
        }
        text.append(']');
      }
      case Map<?, ?> map -> {
        var separator = "";
        text.append('{');
        for (var member : map.entrySet()) {
          text.append(separator);
          quote(text, (String) member.getKey());
          text.append(':');
          write(text, member.getValue());
          separator = ",";
        }
        text.append('}');
      }
      default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
    }
  }

  /** Also escapes what would break a line elsewhere, and halves of a surrogate pair. */
  private static void quote(StringBuilder text, String string) {
    text.append('"');
    for (var i = 0; i < string.length(); i++) {
      var c = string.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (Character.isHighSurrogate(c)
              && i + 1 < string.length()
              && Character.isLowSurrogate(string.charAt(i + 1))) {
            text.append(c).append(string.charAt(++i));
          } else if (c < ' ' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
