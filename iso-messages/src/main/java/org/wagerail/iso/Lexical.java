package org.wagerail.iso;

/**
 * The lexical forms of the XML Schema built-ins that ISO 20022 uses, checked by hand on characters
 * whose outer white space is already off (XML Schema Part 2, 3.2).
 */
final class Lexical {
  private Lexical() {}

  static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  static boolean isDate(char[] b, int from, int to) {
    int end = date(b, from, to);
    return end >= 0 && zone(b, end, to);
  }

  static boolean isDateTime(char[] b, int from, int to) {
    int end = date(b, from, to);
    return end >= 0 && end < to && b[end] == 'T' && isTime(b, end + 1, to);
  }

  static boolean isTime(char[] b, int from, int to) {
    if (to - from < 8 || b[from + 2] != ':' || b[from + 5] != ':') {
      return false;
    }
    int hour = two(b, from);
    int minute = two(b, from + 3);
    int second = two(b, from + 6);
    if (hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return false;
    }
    int at = from + 8;
    boolean whole = true;
    if (at < to && b[at] == '.') {
      int fraction = ++at;
      while (at < to && isDigit(b[at])) {
        whole &= b[at++] == '0';
      }
      if (at == fraction) {
        return false;
      }
    }
    if (hour > 23 && !(hour == 24 && minute == 0 && second == 0 && whole)) {
      return false;
    }
    return zone(b, at, to);
  }

  static boolean isYear(char[] b, int from, int to) {
    int end = year(b, from, to);
    return end >= 0 && zone(b, end, to);
  }

  static boolean isYearMonth(char[] b, int from, int to) {
    int end = yearMonth(b, from, to);
    return end >= 0 && zone(b, end, to);
  }

  static boolean isBoolean(char[] b, int from, int to) {
    return switch (to - from) {
      case 1 -> b[from] == '0' || b[from] == '1';
      case 4 -> new String(b, from, 4).equals("true");
      case 5 -> new String(b, from, 5).equals("false");
      default -> false;
    };
  }

  /** Number of bytes that a base64 text stands for, or -1. White space inside is allowed. */
  static int base64Bytes(char[] b, int from, int to) {
    int symbols = 0;
    int padding = 0;
    int last = 0;
    for (int i = from; i < to; i++) {
      char c = b[i];
      if (isSpace(c)) {
        continue;
      }
      int value = base64Value(c);
      if (c == '=') {
        padding++;
      } else if (value < 0 || padding > 0) {
        return -1;
      } else {
        last = value;
      }
      symbols++;
    }
    boolean spareBits = (padding == 1 && (last & 3) != 0) || (padding == 2 && (last & 15) != 0);
    if (symbols % 4 != 0 || padding > 2 || spareBits) {
      return -1;
    }
    return symbols / 4 * 3 - padding;
  }

  private static int base64Value(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  }

  /** Addresses as lenient as XML Schema is with them: only a broken escape is none. */
  static boolean isAddress(String value) {
    for (int i = value.indexOf('%'); i >= 0; i = value.indexOf('%', i + 1)) {
      if (i + 2 >= value.length()
          || Character.digit(value.charAt(i + 1), 16) < 0
          || Character.digit(value.charAt(i + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int date(char[] b, int from, int to) {
    int end = yearMonth(b, from, to);
    if (end < 0 || end + 3 > to || b[end] != '-') {
      return -1;
    }
    int day = two(b, end + 1);
    if (day < 1 || day > daysOf(yearOf(b, from, end - 3), two(b, end - 2))) {
      return -1;
    }
    return end + 3;
  }

  private static int yearMonth(char[] b, int from, int to) {
    int end = year(b, from, to);
    if (end < 0 || end + 3 > to || b[end] != '-') {
      return -1;
    }
    int month = two(b, end + 1);
    return month < 1 || month > 12 ? -1 : end + 3;
  }

  /** Four digits or more without a leading zero, not the year 0, within an int. */
  private static int year(char[] b, int from, int to) {
    int at = from < to && b[from] == '-' ? from + 1 : from;
    int start = at;
    while (at < to && isDigit(b[at])) {
      at++;
    }
    int digits = at - start;
    if (digits < 4 || digits > 10 || (digits > 4 && b[start] == '0')) {
      return -1;
    }
    long year = yearOf(b, start, at);
    return year == 0 || year > Integer.MAX_VALUE ? -1 : at;
  }

  private static long yearOf(char[] b, int from, int to) {
    long year = 0;
    for (int i = from; i < to; i++) {
      if (b[i] != '-') {
        year = year * 10 + (b[i] - '0');
      }
    }
    return b[from] == '-' ? -year : year;
  }

  private static int daysOf(long year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static boolean zone(char[] b, int at, int to) {
    if (at == to) {
      return true;
    }
    if (b[at] == 'Z') {
      return at + 1 == to;
    }
    if ((b[at] != '+' && b[at] != '-') || at + 6 != to || b[at + 3] != ':') {
      return false;
    }
    int hour = two(b, at + 1);
    int minute = two(b, at + 4);
    return hour >= 0 && minute >= 0 && minute <= 59 && (hour < 14 || (hour == 14 && minute == 0));
  }

  private static int two(char[] b, int at) {
    return isDigit(b[at]) && isDigit(b[at + 1]) ? (b[at] - '0') * 10 + (b[at + 1] - '0') : -1;
  }
}
