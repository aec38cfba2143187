package org.wagerail.payroll;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wagerail.money.AccountNumber;
import org.wagerail.project.BankCode;
import org.wagerail.project.IdScheme;
import org.wagerail.project.Names;
import org.wagerail.project.Roster;
import org.wagerail.project.UnifiedSocialCreditCode;
import org.wagerail.project.WageBooks;

/** Decides about lines. Everything it needs is an argument. */
final class LineCheck {
  private LineCheck() {}

  /** How a line's identifier is to be looked up: scheme and number, or null when it cannot be. */
  record Identifier(IdScheme scheme, String number) {
    static @Nullable Identifier of(SaidLine line) {
      var number = line.idNumber();
      if (number == null || number.isBlank()) {
        return null;
      }
      var scheme =
          switch (line.idScheme() == null ? "" : line.idScheme()) {
            case "NIDN", "" -> IdScheme.RESIDENT_ID;
            case "CCPT", "PASSPORT" -> IdScheme.PASSPORT;
            case "HK_MACAU_PERMIT" -> IdScheme.HK_MACAU_PERMIT;
            case "TAIWAN_PERMIT" -> IdScheme.TAIWAN_PERMIT;
            default -> null;
          };
      return scheme == null || !scheme.accepts(IdScheme.normal(number))
          ? null
          : new Identifier(scheme, IdScheme.normal(number));
    }
  }

  /**
   * What fails for every line of a batch.
   *
   * @param contractor who may release the file
   */
  static Set<Check> batch(
      SaidBatch batch,
      WageBooks.Found found,
      @Nullable Long contractor,
      LocalDate today,
      LineLimits limits,
      boolean calendarPublished) {
    var failed = EnumSet.noneOf(Check.class);
    if (found.special() == null) {
      failed.add(Check.DEBTOR_ACCOUNT_UNKNOWN);
    } else if (found.wageBook() == null) {
      failed.add(Check.PROJECT_NOT_IN_ACCOUNT);
    }
    // Two persons of one contractor release a file: they may not release another's money.
    if (found.contractor() != null && !found.contractor().equals(contractor)) {
      failed.add(Check.OTHER_CONTRACTOR);
    }
    if (batch.firmCode() == null || UnifiedSocialCreditCode.flaw(batch.firmCode()) != null) {
      failed.add(Check.FIRM_CODE_INVALID);
    } else if (found.firm() == null) {
      failed.add(Check.FIRM_NOT_ON_PROJECT);
    }
    if (!batch.paymentMethod().equals("TRF")) {
      failed.add(Check.PAYMENT_METHOD);
    }
    if (!"SALA".equals(batch.categoryPurpose())) {
      failed.add(Check.CATEGORY_PURPOSE);
    }
    if (batch.payDate().isBefore(today)) {
      failed.add(Check.DATE_PAST);
    } else if (batch.payDate().isAfter(today.plusDays(limits.daysAhead()))) {
      failed.add(Check.DATE_TOO_FAR);
    } else if (!calendarPublished) {
      failed.add(Check.CALENDAR_UNPUBLISHED);
    }
    if (found.wageBook() != null && !found.agreed()) {
      failed.add(Check.NO_AGREEMENT);
    }
    return failed;
  }

  /** What the line itself says wrong, whoever it is for. */
  static Set<Check> said(
      SaidLine line, @Nullable Remittance remittance, LocalDate today, LineLimits limits) {
    var failed = EnumSet.noneOf(Check.class);
    if (remittance == null || !plausible(remittance.period(), today, limits)) {
      failed.add(Check.PERIOD_UNREADABLE);
    }
    if (line.elsewhere()) {
      failed.add(Check.PROJECT_OF_LINE_DIFFERS);
    }
    amount(line, limits, failed);
    if (line.endToEndRepeated()) {
      failed.add(Check.END_TO_END_REPEATED);
    }
    if (line.name() == null || line.name().isBlank()) {
      failed.add(Check.NAME_MISSING);
    } else if (Names.hasBadCharacter(line.name())) {
      failed.add(Check.NAME_BAD_CHARACTER);
    }
    if (line.idNumber() == null || line.idNumber().isBlank()) {
      failed.add(Check.ID_MISSING);
    } else if (Identifier.of(line) == null) {
      failed.add(Check.ID_INVALID);
    }
    if (line.account() == null || line.account().isBlank()) {
      failed.add(Check.ACCOUNT_MISSING);
    } else if (AccountNumber.flaw(line.account()) != null) {
      failed.add(Check.ACCOUNT_INVALID);
    }
    if (line.member() == null || !BankCode.accepts(line.member())) {
      failed.add(Check.BANK_CODE_INVALID);
    }
    return failed;
  }

  private static void amount(SaidLine line, LineLimits limits, Set<Check> failed) {
    if (!"CNY".equals(line.currency())) {
      failed.add(Check.CURRENCY);
    }
    var amount = line.amount();
    if (amount == null || amount.signum() <= 0) {
      failed.add(Check.AMOUNT_ZERO);
    } else if (amount.stripTrailingZeros().scale() > 2) {
      failed.add(Check.AMOUNT_DECIMALS);
    } else if (line.minor() == 0 || line.minor() > limits.wage()) {
      failed.add(Check.AMOUNT_OVER_LIMIT);
    }
  }

  /** What the register says against the line. */
  static void register(
      SaidLine line,
      byte[] accountBlind,
      Roster.@Nullable Entry entry,
      Set<String> members,
      Set<Check> failed) {
    if (line.member() != null
        && !failed.contains(Check.BANK_CODE_INVALID)
        && !members.contains(line.member())) {
      failed.add(Check.BANK_NOT_A_PARTICIPANT);
    }
    if (entry == null) {
      if (!failed.contains(Check.ID_MISSING) && !failed.contains(Check.ID_INVALID)) {
        failed.add(Check.NOT_ON_REGISTER);
      }
      return;
    }
    if (!entry.employed()) {
      failed.add(Check.NOT_EMPLOYED);
    } else if (!entry.contract()) {
      failed.add(Check.NO_CONTRACT);
    }
    if (line.name() != null && !Names.fold(line.name()).equals(Names.fold(entry.name()))) {
      failed.add(Check.NAME_DIFFERS);
    }
    var account = named(entry, accountBlind);
    if (account == null || !account.member().equals(line.member())) {
      failed.add(Check.ACCOUNT_DIFFERS);
    }
    if (entry.accounts().size() > 1) {
      failed.add(Check.PERSON_WITH_TWO_ACCOUNTS);
    }
    if (account != null && account.shared()) {
      failed.add(Check.ACCOUNT_WITH_TWO_PERSONS);
    }
    if (entry.confirmed() == null) {
      failed.add(Check.UNCONFIRMED);
    } else if (entry.confirmed() != line.minor()) {
      failed.add(Check.CONFIRMED_OTHER_AMOUNT);
    }
  }

  /** The worker's registered account that the line names, if it does. */
  static Roster.@Nullable Account named(Roster.Entry entry, byte[] accountBlind) {
    for (var account : entry.accounts()) {
      if (Arrays.equals(account.blind(), accountBlind)) {
        return account;
      }
    }
    return null;
  }

  /** The verdict that a set of failed checks makes. */
  static Check.Outcome verdict(Set<Check> failed) {
    return failed.stream().map(Check::outcome).min(Enum::compareTo).orElse(Check.Outcome.TELL);
  }

  private static boolean plausible(int period, LocalDate today, LineLimits limits) {
    int months = (period / 100) * 12 + period % 100;
    int now = today.getYear() * 12 + today.getMonthValue();
    return months <= now + 1 && months >= now - limits.monthsBack();
  }

  /** Checks as the database keeps them; null for none. */
  static @Nullable String names(Set<Check> failed) {
    return failed.isEmpty() ? null : String.join(",", failed.stream().map(Enum::name).toList());
  }

  /** Reads {@link #names}. */
  static List<Check> read(@Nullable String names) {
    return names == null ? List.of() : Arrays.stream(names.split(",")).map(Check::valueOf).toList();
  }
}
