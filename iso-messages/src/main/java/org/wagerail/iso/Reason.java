package org.wagerail.iso;

import org.jspecify.annotations.Nullable;

/**
 * Why a status or a return was given.
 *
 * @param code ISO reason code (external code list), at most 4 characters; null if none is given
 * @param text further information in words; writers cut it into lines of 105 characters
 */
public record Reason(@Nullable String code, @Nullable String text) {
  static final int LINE = 105;

  void write(XmlBytes xml, String element) {
    xml.raw("<" + element + ">");
    if (code != null) {
      xml.raw("<Rsn><Cd>").text(code).raw("</Cd></Rsn>");
    }
    xml.lines("AddtlInf", text, LINE).raw("</" + element + ">");
  }
}
