package org.wagerail.ops.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.wagerail.iso.Camt054;
import org.wagerail.ops.home.Home;
import org.wagerail.project.Banks;
import org.wagerail.reconciliation.BusinessDays;

/**
 * The partners of a served sandbox, for every bank on it: clearing answers what it finds in its
 * folder, what it says later a round later, and reports a day when the next has begun; the core
 * system states a business day then, and tells of a credit when somebody asks it to.
 */
@Component
@ConditionalOnProperty("wagerail.sandbox")
public final class PlayedPartners {
  private static final class Play {
    private final ClearingHouse house;
    private LocalDate day;

    private Play(ClearingHouse house, LocalDate day) {
      this.house = house;
      this.day = day;
    }
  }

  private final Home home;
  private final Banks banks;
  private final BusinessDays days;
  private final Map<Integer, Play> plays = new HashMap<>();
  private int advices;

  PlayedPartners(Home home, Banks banks, BusinessDays days) {
    this.home = home;
    this.banks = banks;
    this.days = days;
  }

  /** Plays one round. Not for two threads at a time. */
  public void play(Instant now) {
    for (var bank : banks.all()) {
      var at = now.atZone(ZoneId.of(bank.zone()));
      var play =
          plays.computeIfAbsent(
              bank.bank(),
              _ ->
                  new Play(
                      new ClearingHouse(
                          home.out().resolve("clearing").resolve(bank.code()),
                          home.in().resolve("clearing").resolve(bank.code())),
                      at.toLocalDate()));
      // What is said a round later comes before the first word on what is new.
      play.house.answer(ClearingHouse.ROUNDS, at.toOffsetDateTime());
      play.house.answer(1, at.toOffsetDateTime());
      play.house.answerQuestions(at.toOffsetDateTime());
      for (; play.day.isBefore(at.toLocalDate()); play.day = play.day.plusDays(1)) {
        play.house.report(play.day, at.toOffsetDateTime());
        state(bank, play.day, at);
      }
    }
  }

  private void state(Banks.Bank bank, LocalDate day, ZonedDateTime at) {
    var today = at.toLocalDate();
    int number = days.numberInYear(bank.bank(), today, day);
    if (number == 0) {
      return;
    }
    var statements =
        CoreBank.statements(
            day,
            number,
            days.openings(bank.bank(), today, day),
            days.movements(bank.bank(), today, day));
    if (!statements.isEmpty()) {
      CoreBank.write(
          home.in().resolve("core").resolve(bank.code()),
          "camt.053-" + day + ".xml",
          "CB" + day.toString().replace("-", ""),
          at.toOffsetDateTime(),
          statements);
    }
  }

  /**
   * Has the core system tell of a credit.
   *
   * @param bank on the register
   * @param account special wage account
   * @param project its code; null where the payer named none
   * @param amount in yuan, with at most two decimals
   * @return the credit's reference
   * @throws ArithmeticException if the amount has more decimals
   */
  public synchronized String credit(
      Banks.Bank bank, String account, @Nullable String project, BigDecimal amount, Instant now) {
    var at = now.atZone(ZoneId.of(bank.zone()));
    var reference = "SB" + now.toEpochMilli() + "-" + ++advices;
    long minor = amount.movePointRight(2).longValueExact();
    DroppedFile.leave(
        home.in().resolve("core").resolve(bank.code()),
        "camt.054-" + reference + ".xml",
        out -> {
          try (var camt =
              Camt054.writer(out, new Camt054.Header(reference, at.toOffsetDateTime()))) {
            camt.account(reference, account);
            camt.credit(
                new Camt054.Credit(reference, minor, at.toLocalDate(), "沙箱建设单位", project, null));
          }
        });
    return reference;
  }
}
