package org.wagerail.iso;

import org.jspecify.annotations.Nullable;

/**
 * Collects what is said of the ultimate debtor: our convention carries the project and the
 * subcontractor's credit code as two other identifications of an organisation, told apart by their
 * proprietary scheme.
 */
final class PartyReading {
  private @Nullable String id;
  private @Nullable String scheme;
  @Nullable String project;
  @Nullable String uscc;

  void clear() {
    id = null;
    scheme = null;
    project = null;
    uscc = null;
  }

  void id(String value) {
    id = value;
  }

  void scheme(String value) {
    scheme = value;
  }

  void endOther() {
    if ("PROJECT".equals(scheme)) {
      project = id;
    } else if ("USCC".equals(scheme)) {
      uscc = id;
    }
    id = null;
    scheme = null;
  }
}
