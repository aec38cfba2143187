package org.wagerail.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HeldLineTests {
  private static HeldLine held(
      Set<Check> failed, @Nullable Long confirmed, boolean cured, List<Long> accounts) {
    return new HeldLine(
        Check.Outcome.HOLD,
        failed,
        false,
        600_000,
        confirmed,
        cured,
        !cured,
        cured,
        cured,
        cured,
        accounts,
        !cured);
  }

  @ParameterizedTest
  @CsvSource({"600000, ''", "599999, UNCONFIRMED", "600001, UNCONFIRMED", ", UNCONFIRMED"})
  void onlyTheConfirmationOfExactlyTheAmountCounts(@Nullable Long confirmed, String still) {
    var line = held(EnumSet.of(Check.UNCONFIRMED), confirmed, true, List.of(1L));
    assertThat(line.stillFailing().stream().map(Enum::name).collect(Collectors.joining()))
        .isEqualTo(still);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CALENDAR_UNPUBLISHED",
        "NO_AGREEMENT",
        "FIRM_NOT_ON_PROJECT",
        "NOT_EMPLOYED",
        "DUPLICATE_WAGE",
        "NAME_DIFFERS",
        "ACCOUNT_DIFFERS",
        "PERSON_WITH_TWO_ACCOUNTS",
        "ACCOUNT_WITH_TWO_PERSONS"
      })
  void whatCanBeCuredHoldsUntilItIs(Check check) {
    var failed = EnumSet.of(check);
    assertThat(held(failed, null, true, List.of(1L)).stillFailing()).isEmpty();
    assertThat(held(failed, null, false, List.of(1L, 2L)).stillFailing()).containsExactly(check);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRefusedOrNeedsANewLineIsNeverAccepted(Check check) {
    if (check.outcome() == Check.Outcome.REFUSE || check == Check.NOT_ON_REGISTER) {
      assertThat(held(EnumSet.of(check), 600_000L, true, List.of(1L)).stillFailing())
          .containsExactly(check);
    }
  }

  @Test
  void whatIsOnlyToldHoldsNothing() {
    var line = held(EnumSet.of(Check.NO_CONTRACT), null, false, List.of());
    assertThat(line.stillFailing()).isEmpty();
    assertThat(line.heldForConfirmationOnly()).isTrue();
  }
}
