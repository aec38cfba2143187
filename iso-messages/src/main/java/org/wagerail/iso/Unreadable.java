package org.wagerail.iso;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The bytes break a rule below the XML itself; reading ends with that finding. */
final class Unreadable extends IOException {
  private static final long serialVersionUID = 1L;

  private final Rule rule;
  private final String detail;

  Unreadable(Rule rule, String detail) {
    super(rule + ": " + detail);
    this.rule = rule;
    this.detail = detail;
  }

  /**
   * The breach behind a failure of the parser.
   *
   * @throws UncheckedIOException if it is none: the stream itself failed
   */
  static Unreadable of(Exception problem) {
    for (Throwable at = problem; at != null; at = at.getCause()) {
      switch (at) {
        case Unreadable breach -> {
          return breach;
        }
        case CharConversionException coding -> {
          return new Unreadable(Rule.XML_ENCODING, String.valueOf(coding.getMessage()));
        }
        case IOException broken -> throw new UncheckedIOException(broken);
        default -> {
          // Look further down.
        }
      }
    }
    String said = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
    return new Unreadable(Rule.XML_NOT_WELL_FORMED, said.strip());
  }

  Rule rule() {
    return rule;
  }

  String detail() {
    return detail;
  }
}
