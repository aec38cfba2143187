package org.wagerail.iso;

import java.io.IOException;

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

  Rule rule() {
    return rule;
  }

  String detail() {
    return detail;
  }
}
