package org.wagerail.project;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wagerail.money.AccountNumber;
import org.wagerail.money.Money;

/**
 * One row of a csv file. Each method reads one column and gives null where it cannot; what is wrong
 * is a finding then, and the row is bad.
 */
final class Row {
  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(2999, 12, 31);

  private final Intake intake;
  private final String file;
  private final Map<String, Integer> columns;
  private final CsvRecord fields;
  private boolean bad;

  Row(Intake intake, String file, Map<String, Integer> columns, CsvRecord fields) {
    this.intake = intake;
    this.file = file;
    this.columns = columns;
    this.fields = fields;
  }

  long line() {
    return fields.getStartingLineNumber();
  }

  int fieldCount() {
    return fields.getFieldCount();
  }

  boolean isBad() {
    return bad;
  }

  Intake intake() {
    return intake;
  }

  void flaw(String column, Flaw flaw, Object... words) {
    bad = true;
    intake.findings().add(flaw.at(file, line(), column, words));
  }

  /** The column's text, '' when the column or its value is not there. */
  String raw(String column) {
    var place = columns.get(column);
    return place == null || place >= fields.getFieldCount() ? "" : fields.getField(place);
  }

  @Nullable String text(String column, int most) {
    return raw(column).isBlank() ? missing(column) : optionalText(column, most);
  }

  /** As {@link #text}, but '' is allowed. */
  @Nullable String optionalText(String column, int most) {
    var text = raw(column).strip();
    if (text.codePointCount(0, text.length()) > most) {
      flaw(column, Flaw.TOO_LONG, most);
      return null;
    }
    if (Names.hasBadCharacter(text)) {
      flaw(column, Flaw.BAD_CHARACTER);
      return null;
    }
    return text;
  }

  /** A name as it was given, the blanks around it included: it is folded only to be compared. */
  @Nullable String name(String column) {
    var name = raw(column);
    if (name.isBlank()) {
      return missing(column);
    }
    if (Names.hasBadCharacter(name)) {
      flaw(column, Flaw.NAME_BAD_CHAR);
      return null;
    }
    if (name.codePointCount(0, name.length()) > 140) {
      flaw(column, Flaw.TOO_LONG, 140);
      return null;
    }
    return name;
  }

  @Nullable String source() {
    return text("source", 200);
  }

  @Nullable String choice(String column, String... allowed) {
    var text = raw(column).strip();
    if (text.isEmpty()) {
      return missing(column);
    }
    if (!Arrays.asList(allowed).contains(text)) {
      flaw(column, Flaw.BAD_CHOICE, String.join(", ", allowed));
      return null;
    }
    return text;
  }

  @Nullable Integer number(String column, int least, int most) {
    var text = raw(column).strip();
    if (text.isEmpty()) {
      return missing(column);
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Found below, as any number out of bounds.
    }
    flaw(column, Flaw.BAD_NUMBER, least + " – " + most);
    return null;
  }

  @Nullable LocalDate date(String column) {
    return raw(column).isBlank() ? missing(column) : optionalDate(column);
  }

  @Nullable LocalDate optionalDate(String column) {
    var text = raw(column).strip();
    if (text.isEmpty()) {
      return null;
    }
    try {
      var date = LocalDate.parse(text);
      if (!date.isBefore(EARLIEST) && !date.isAfter(LATEST)) {
        return date;
      }
    } catch (DateTimeException notADate) {
      // Found below, as any date out of bounds.
    }
    flaw(column, Flaw.BAD_DATE);
    return null;
  }

  /** The row's from_date, or the day of the import at the bank. */
  @Nullable LocalDate dateOrToday(String column, @Nullable Integer bank) {
    if (!raw(column).isBlank()) {
      return optionalDate(column);
    }
    return bank == null ? null : intake.today(bank);
  }

  /** The row's until_date, not before its from_date. */
  @Nullable LocalDate until(@Nullable LocalDate from) {
    var until = optionalDate("until_date");
    if (until != null && from != null && until.isBefore(from)) {
      flaw("until_date", Flaw.DATES_REVERSED);
      return null;
    }
    return until;
  }

  /** An instant at most a year ahead: what is written down has happened, or is about to. */
  @Nullable Instant instant(String column) {
    var text = raw(column).strip();
    if (text.isEmpty()) {
      return missing(column);
    }
    try {
      var instant = OffsetDateTime.parse(text).toInstant();
      if (instant.isAfter(intake.horizon())) {
        flaw(column, Flaw.FAR_AHEAD);
        return null;
      }
      if (!instant.isBefore(EARLIEST.atStartOfDay().toInstant(ZoneOffset.UTC))) {
        return instant;
      }
    } catch (DateTimeException notAnInstant) {
      // Found below, as any instant out of bounds.
    }
    flaw(column, Flaw.BAD_INSTANT);
    return null;
  }

  /** A month as yyyymm, at most a year ahead. */
  @Nullable Integer period(String column) {
    var text = raw(column).strip();
    if (text.isEmpty()) {
      return missing(column);
    }
    try {
      var month = YearMonth.parse(text);
      if (month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).isAfter(intake.horizon())) {
        flaw(column, Flaw.FAR_AHEAD);
        return null;
      }
      if (month.getYear() >= 2000) {
        return month.getYear() * 100 + month.getMonthValue();
      }
    } catch (DateTimeException notAMonth) {
      // Found below, as any month out of bounds.
    }
    flaw(column, Flaw.BAD_PERIOD);
    return null;
  }

  @Nullable String currency(String column) {
    var text = raw(column).strip();
    if (text.isEmpty()) {
      return "CNY";
    }
    try {
      Money.digits(text);
      return text;
    } catch (IllegalArgumentException unknown) {
      flaw(column, Flaw.BAD_CURRENCY);
      return null;
    }
  }

  /** Minor units; null with no finding when there is no value. */
  @Nullable Long optionalAmount(String column, @Nullable String currency) {
    var text = raw(column).strip();
    if (text.isEmpty() || currency == null) {
      return null;
    }
    try {
      return Money.minor(text, Money.digits(currency));
    } catch (IllegalArgumentException | ArithmeticException notAnAmount) {
      flaw(column, Flaw.BAD_AMOUNT);
      return null;
    }
  }

  @Nullable Long amount(String column, String currency) {
    if (raw(column).isBlank()) {
      return missing(column);
    }
    var amount = optionalAmount(column, currency);
    if (amount != null && amount == 0) {
      flaw(column, Flaw.BAD_AMOUNT);
      return null;
    }
    return amount;
  }

  /** The number of the bank that the row belongs to. */
  @Nullable Integer bank() {
    var code = raw("bank").strip();
    if (code.isEmpty()) {
      return missing("bank");
    }
    var bank = intake.bank(code);
    if (bank == null) {
      flaw("bank", Flaw.UNKNOWN_BANK);
    }
    return bank;
  }

  @Nullable String bankCode(String column) {
    var text = raw(column).strip();
    if (text.isEmpty()) {
      return missing(column);
    }
    if (!BankCode.accepts(text)) {
      flaw(column, Flaw.BAD_BANK_CODE);
      return null;
    }
    return text;
  }

  @Nullable String account(String column) {
    var text = raw(column).strip();
    if (text.isEmpty()) {
      return missing(column);
    }
    if (AccountNumber.flaw(text) != null) {
      flaw(column, Flaw.BAD_ACCOUNT);
      return null;
    }
    return text;
  }

  @Nullable String region(String column) {
    var text = text(column, 6);
    if (text != null && !text.matches("[0-9]{6}")) {
      flaw(column, Flaw.BAD_REGION);
      return null;
    }
    return text;
  }

  byte @Nullable [] sha256(String column) {
    var text = raw(column).strip();
    if (text.isEmpty()) {
      return missing(column);
    }
    if (text.length() == 64) {
      try {
        return HexFormat.of().parseHex(text);
      } catch (IllegalArgumentException notHex) {
        // Found below, as any text of another length.
      }
    }
    flaw(column, Flaw.BAD_HASH);
    return null;
  }

  byte @Nullable [] publicKey(String column) {
    var text = raw(column).strip();
    if (text.isEmpty()) {
      return missing(column);
    }
    try {
      var bytes = Base64.getDecoder().decode(text);
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(bytes))
          .getEncoded();
    } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
      flaw(column, Flaw.BAD_KEY);
      return null;
    }
  }

  /** The normal form of a firm's code in the column. */
  @Nullable String firm(String column) {
    return identifier(IdScheme.USCC, column);
  }

  /** The scheme in id_scheme, which must be a person's; '' is the resident ID. */
  @Nullable IdScheme personScheme() {
    var text = raw("id_scheme").strip();
    if (text.isEmpty()) {
      return IdScheme.RESIDENT_ID;
    }
    for (var scheme : IdScheme.values()) {
      if (scheme.isPerson() && scheme.name().equals(text)) {
        return scheme;
      }
    }
    flaw("id_scheme", Flaw.BAD_CHOICE, "RESIDENT_ID, PASSPORT, HK_MACAU_PERMIT, TAIWAN_PERMIT");
    return null;
  }

  @Nullable String identifier(@Nullable IdScheme scheme, String column) {
    var number = IdScheme.normal(raw(column));
    if (number.isEmpty()) {
      return missing(column);
    }
    if (scheme == null) {
      return null;
    }
    if (!scheme.accepts(number)) {
      flaw(column, Flaw.BAD_IDENTIFIER);
      return null;
    }
    return number;
  }

  private <T> @Nullable T missing(String column) {
    flaw(column, Flaw.MISSING_VALUE);
    return null;
  }
}
