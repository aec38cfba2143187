package org.wagerail.iso;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A simple type of a grammar, checked on characters without making strings. */
final class SimpleType {
  /** The types of XML Schema that all others restrict. */
  enum Base {
    STRING("string"),
    DECIMAL("decimal"),
    DATE("date"),
    DATE_TIME("dateTime"),
    TIME("time"),
    BOOLEAN("boolean"),
    YEAR("gYear"),
    YEAR_MONTH("gYearMonth"),
    BINARY("base64Binary");

    private final String word;

    Base(String word) {
      this.word = word;
    }

    /** The base of this name in XML Schema, or null. */
    static @Nullable Base named(String word) {
      for (Base each : values()) {
        if (each.word.equals(word)) {
          return each;
        }
      }
      return null;
    }
  }

  /** Facets as the grammar gives them; a facet that is absent is -1 or null. */
  record Facets(
      int least,
      int most,
      int digits,
      int fraction,
      @Nullable BigDecimal minimum,
      @Nullable BigDecimal maximum,
      Set<String> codes,
      @Nullable String pattern) {}

  private static final int FEW = 12;

  private final String name;
  private final Base base;
  private final Facets facets;
  private final @Nullable Form form;
  private final char[][] codes;
  private final boolean amount;

  SimpleType(String name, Base base, Facets facets) {
    this.name = name;
    this.base = base;
    this.facets = facets;
    this.form = facets.pattern() == null ? null : Form.of(facets.pattern());
    this.codes = facets.codes().stream().map(String::toCharArray).toArray(char[][]::new);
    this.amount = name.contains("Amount");
  }

  /** A type of XML Schema itself, without facets. */
  static SimpleType builtIn(String name, Base base) {
    return new SimpleType(name, base, new Facets(0, -1, -1, -1, null, null, Set.of(), null));
  }

  String name() {
    return name;
  }

  /** Whether white space belongs to the value. */
  boolean preservesSpace() {
    return base == Base.STRING;
  }

  /** ISO reason code for a breach of this type by this rule. */
  String code(Rule rule) {
    if (rule == Rule.PATTERN) {
      if (name.startsWith("IBAN")) {
        return "AC01";
      }
      if (name.contains("BIC")) {
        return "RC01";
      }
      if (name.contains("CurrencyCode")) {
        return "CURR";
      }
    }
    if (!amount && rule == Rule.DECIMALS) {
      return "FF01";
    }
    return rule.code();
  }

  /** The rule that the first {@code length} characters break, or null. */
  @Nullable Rule check(char[] b, int length) {
    if (base == Base.STRING) {
      return checkString(b, length);
    }
    int from = 0;
    int to = length;
    while (from < to && Lexical.isSpace(b[from])) {
      from++;
    }
    while (to > from && Lexical.isSpace(b[to - 1])) {
      to--;
    }
    return switch (base) {
      case DECIMAL -> checkDecimal(b, from, to);
      case DATE -> Lexical.isDate(b, from, to) ? null : Rule.DATE_FORMAT;
      case DATE_TIME -> Lexical.isDateTime(b, from, to) ? null : Rule.DATE_FORMAT;
      case TIME -> Lexical.isTime(b, from, to) ? null : Rule.DATE_FORMAT;
      case YEAR -> Lexical.isYear(b, from, to) ? null : Rule.DATE_FORMAT;
      case YEAR_MONTH -> Lexical.isYearMonth(b, from, to) ? null : Rule.DATE_FORMAT;
      case BOOLEAN -> Lexical.isBoolean(b, from, to) ? null : Rule.BOOLEAN_FORMAT;
      case BINARY -> checkBinary(b, from, to);
      case STRING -> throw new IllegalStateException();
    };
  }

  private @Nullable Rule checkString(char[] b, int length) {
    if (length < facets.least() || (facets.most() >= 0 && length > facets.most())) {
      int characters = Character.codePointCount(b, 0, length);
      if (characters < facets.least() || (facets.most() >= 0 && characters > facets.most())) {
        return Rule.LENGTH;
      }
    } else if (facets.least() > 1 && Character.codePointCount(b, 0, length) < facets.least()) {
      return Rule.LENGTH;
    }
    if (form != null && !form.matches(b, length)) {
      return Rule.PATTERN;
    }
    return codes.length == 0 || isCode(b, length) ? null : Rule.ENUMERATION;
  }

  private boolean isCode(char[] b, int length) {
    if (codes.length > FEW) {
      return facets.codes().contains(new String(b, 0, length));
    }
    for (char[] code : codes) {
      if (code.length == length && same(code, b)) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(char[] code, char[] b) {
    for (int i = 0; i < code.length; i++) {
      if (code[i] != b[i]) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Rule checkBinary(char[] b, int from, int to) {
    int bytes = Lexical.base64Bytes(b, from, to);
    if (bytes < 0) {
      return Rule.BINARY_FORMAT;
    }
    return bytes < facets.least() || (facets.most() >= 0 && bytes > facets.most())
        ? Rule.LENGTH
        : null;
  }

  /** Leading zeros and zeros at the end of the fraction count for nothing. */
  private @Nullable Rule checkDecimal(char[] b, int from, int to) {
    Rule malformed = amount ? Rule.AMOUNT_FORMAT : Rule.NUMBER_FORMAT;
    int at = from;
    boolean negative = false;
    if (at < to && (b[at] == '+' || b[at] == '-')) {
      negative = b[at++] == '-';
    }
    int start = at;
    while (at < to && b[at] == '0') {
      at++;
    }
    int whole = at;
    while (at < to && Lexical.isDigit(b[at])) {
      at++;
    }
    int wholeDigits = at - whole;
    int seen = at - start;
    int fractionDigits = 0;
    if (at < to) {
      if (b[at] != '.') {
        return malformed;
      }
      int point = at++;
      while (at < to && Lexical.isDigit(b[at])) {
        if (b[at] != '0') {
          fractionDigits = at - point;
        }
        at++;
      }
      seen += at - point - 1;
    }
    if (at < to || seen == 0) {
      return malformed;
    }
    if (facets.fraction() >= 0 && fractionDigits > facets.fraction()) {
      return Rule.DECIMALS;
    }
    if (facets.digits() >= 0 && wholeDigits + fractionDigits > facets.digits()) {
      return Rule.DIGITS;
    }
    boolean zero = wholeDigits == 0 && fractionDigits == 0;
    return withinBounds(b, from, to, negative && !zero) ? null : malformed;
  }

  private boolean withinBounds(char[] b, int from, int to, boolean negative) {
    BigDecimal minimum = facets.minimum();
    BigDecimal maximum = facets.maximum();
    if (maximum == null && (minimum == null || minimum.signum() == 0)) {
      return minimum == null || !negative;
    }
    BigDecimal value = new BigDecimal(new String(b, from, to - from));
    return (minimum == null || value.compareTo(minimum) >= 0)
        && (maximum == null || value.compareTo(maximum) <= 0);
  }
}
