package org.wagerail.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTests {
  @Test
  void keepsOrderAndEscapesWhatWouldBreakALine() {
    var members = new LinkedHashMap<String, Object>();
    members.put("z", "\"a\\b\n\r\t\u0001\u2028工资𠮷");
    members.put("half", "\ud842x");
    members.put("a", List.of(1, 2L, new BigDecimal("7042.26"), true, List.of()));
    members.put("none", null);
    assertThat(Json.line(members))
        .isEqualTo(
            "{\"z\":\"\\\"a\\\\b\\n\\r\\t\\u0001\\u2028工资𠮷\",\"half\":\"\\ud842x\","
                + "\"a\":[1,2,7042.26,true,[]],\"none\":null}");
  }

  @Test
  void refusesWhatHasNoFormInJson() {
    var members = new LinkedHashMap<String, Object>();
    members.put("nan", Double.NaN);
    assertThatThrownBy(() -> Json.line(members)).isInstanceOf(IllegalArgumentException.class);
  }
}
