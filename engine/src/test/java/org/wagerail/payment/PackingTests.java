package org.wagerail.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wagerail.payment.Payments.Instruction;

class PackingTests {
  private static final Map<Long, String> PARTICIPANTS =
      Map.of(1L, "102100099996", 2L, "313331000014");

  private static Instruction wage(int month, int line, long account, long amount) {
    return new Instruction(202610, 7, 9, month, 11, line, 0, 1, line, account, amount, null);
  }

  @Test
  void packageIsARangeOfNumbersOfOneParticipantAndMonth() {
    var packing =
        Packing.of(
            100,
            2_000,
            List.of(
                wage(202610, 1, 2, 500),
                wage(202610, 2, 1, 300),
                wage(202609, 3, 2, 40),
                wage(202610, 4, 2, 7)),
            PARTICIPANTS);
    assertThat(packing.payments())
        .extracting(p -> p.number() + " line " + p.instruction().line())
        .containsExactly("100 line 3", "101 line 2", "102 line 1", "103 line 4");
    assertThat(packing.packages())
        .containsExactly(
            new Packing.Range(202609, 100, 100, "313331000014", 40),
            new Packing.Range(202610, 101, 101, "102100099996", 300),
            new Packing.Range(202610, 102, 103, "313331000014", 507));
  }

  @Test
  void fullPackageIsFollowedByAnother() {
    var packing =
        Packing.of(
            1,
            2,
            List.of(
                wage(202610, 1, 1, 10),
                wage(202610, 2, 1, 20),
                wage(202610, 3, 1, 30),
                wage(202610, 4, 1, 40)),
            PARTICIPANTS);
    assertThat(packing.packages())
        .containsExactly(
            new Packing.Range(202610, 1, 2, "102100099996", 30),
            new Packing.Range(202610, 3, 4, "102100099996", 70));
  }

  @Test
  void accountThatIsNotOnTheRegisterIsNoPayee() {
    assertThatThrownBy(() -> Packing.of(1, 2, List.of(wage(202610, 1, 3, 10)), PARTICIPANTS))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
