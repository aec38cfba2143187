package org.wagerail.project;

import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;
import org.wagerail.evidence.Numbers;
import org.wagerail.evidence.Register;
import org.wagerail.money.AccountNumber;
import org.wagerail.secrecy.Vault;

/**
 * Replaces the account that a worker is paid to. The old one ends, the new one begins, and both
 * stay on record with who said so.
 */
@Component
public class WorkerAccounts {
  /**
   * The account that takes over.
   *
   * @param member 12-digit code of the account's bank
   * @param from first day on which wages go there
   * @param source who verified the account to the person's identifier, and how
   */
  public record Replacement(
      IdScheme scheme,
      String idNumber,
      String number,
      String member,
      LocalDate from,
      String source) {}

  /** Why an account was not replaced. */
  public enum Refusal {
    UNKNOWN_PERSON("nobody on the register has this identifier", "名册无此证件号码"),
    ACCOUNT_INVALID("the account number cannot be right", "账号无效"),
    NOT_A_PARTICIPANT("the account's bank is not in the participant directory", "开户行不在参与者名录"),
    NOT_VERIFIED(
        "it must be said who verified the account to the person's identifier", "须注明账户与证件的核验来源"),
    OF_ANOTHER_PERSON("the account is registered for another person", "该账户已登记在他人名下"),
    SAME_ACCOUNT("the account is the one registered already", "与已登记账户相同");

    private final String english;
    private final String chinese;

    Refusal(String english, String chinese) {
      this.english = english;
      this.chinese = chinese;
    }

    @Override
    public String toString() {
      return name() + ": " + english + " / " + chinese;
    }
  }

  private final JdbcClient jdbc;
  private final Numbers numbers;
  private final EventLog events;
  private final Vault vault;

  WorkerAccounts(JdbcClient jdbc, Numbers numbers, EventLog events, Vault vault) {
    this.jdbc = jdbc;
    this.numbers = numbers;
    this.events = events;
    this.vault = vault;
  }

  /** The person of the register with an identifier; null when nobody has it. */
  public @Nullable Long person(int bank, IdScheme scheme, String idNumber) {
    return Persons.find(jdbc, vault, bank, scheme, idNumber);
  }

  /**
   * Replaces every open account of a person by one.
   *
   * @param actor who commands it, by number or role
   * @return why nothing was replaced, or null
   */
  @Transactional
  public @Nullable Refusal replace(int bank, Instant at, String actor, Replacement by) {
    if (by.source().isBlank()) {
      return Refusal.NOT_VERIFIED;
    }
    if (AccountNumber.flaw(by.number()) != null) {
      return Refusal.ACCOUNT_INVALID;
    }
    var party = Persons.find(jdbc, vault, bank, by.scheme(), by.idNumber());
    if (party == null) {
      return Refusal.UNKNOWN_PERSON;
    }
    // Of two replacements one is the first; whoever shares an account waits as well.
    jdbc.sql("SELECT pg_advisory_xact_lock(7249, ?)").param(bank).query(_ -> {});
    var blind = BlindIndex.ofAccount(vault, bank, by.number());
    var refusal = refusal(bank, by, party, blind);
    if (refusal == null) {
      record(bank, at, actor, by, party, blind);
    }
    return refusal;
  }

  private @Nullable Refusal refusal(int bank, Replacement by, long party, byte[] blind) {
    boolean participant =
        jdbc.sql(
                """
                SELECT EXISTS (SELECT 1 FROM participant WHERE bank = ? AND member = ?
                    AND from_date <= ? AND (until_date IS NULL OR until_date >= ?))
                """)
            .params(bank, by.member(), by.from(), by.from())
            .query(Boolean.class)
            .single();
    if (!participant) {
      return Refusal.NOT_A_PARTICIPANT;
    }
    var holders =
        jdbc.sql(
                "SELECT party FROM worker_account WHERE bank = ? AND blind = ? AND until_date IS"
                    + " NULL")
            .params(bank, blind)
            .query(Long.class)
            .list();
    if (holders.contains(party)) {
      return Refusal.SAME_ACCOUNT;
    }
    return holders.isEmpty() ? null : Refusal.OF_ANOTHER_PERSON;
  }

  private void record(
      int bank, Instant at, String actor, Replacement by, long party, byte[] blind) {
    long number = numbers.take(bank, "worker_account", 1);
    var told = new ArrayList<EventLog.Event>();
    var before = sums(bank, "party = ? AND until_date IS NULL FOR UPDATE", party);
    var ended =
        jdbc.sql(
                """
                UPDATE worker_account SET until_date = greatest(from_date, ?)
                 WHERE bank = ? AND party = ? AND until_date IS NULL RETURNING worker_account
                """)
            .params(Date.valueOf(by.from().minusDays(1)), bank, party)
            .query(Long.class)
            .list();
    if (before != null) {
      var after = sums(bank, "worker_account = ANY (?)", ended.toArray(Long[]::new));
      told.add(Register.WORKER_ACCOUNT.changed(before, Objects.requireNonNull(after)));
    }
    jdbc.sql(
            Register.WORKER_ACCOUNT.sealing(
                """
                INSERT INTO worker_account (bank, worker_account, party, blind, sealed, member,
                                            from_date, source)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """))
        .params(
            bank,
            number,
            party,
            blind,
            vault.seal(bank, "worker_account.sealed", number, by.number()),
            by.member(),
            by.from(),
            by.source())
        .query(EventLog.Event.class)
        .list()
        .forEach(told::add);
    var canonical =
        "person " + party + " ended " + ended + " begun " + number + " from " + by.from();
    events.command(bank, at, actor, "REPLACE_WORKER_ACCOUNT", by.source(), canonical);
    told.add(new EventLog.Event("WORKER_ACCOUNT_REPLACED", "person " + party, canonical));
    events.append(bank, at, told);
  }

  private Register.@Nullable Sums sums(int bank, String which, Object those) {
    return jdbc.sql(
            Register.WORKER_ACCOUNT.digest(
                "(SELECT * FROM worker_account WHERE bank = ? AND " + which + ") AS own"))
        .params(bank, those)
        .query(Register.Sums.class)
        .optional()
        .orElse(null);
  }
}
