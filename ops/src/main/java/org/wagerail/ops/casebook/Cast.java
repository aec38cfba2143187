package org.wagerail.ops.casebook;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.wagerail.money.AccountNumber;
import org.wagerail.project.ResidentId;
import org.wagerail.project.UnifiedSocialCreditCode;

/** Who plays in a case: identifiers, accounts and keys, made up where the author gave none. */
final class Cast {
  /** Where made-up workers have their accounts; a member of the case's directory. */
  static final String MEMBER = "102331000010";

  /**
   * A worker as the case's register has him, or would have him.
   *
   * @param scheme as the register calls it
   */
  record Person(
      Given.Worker given, String name, String scheme, String id, String account, String member) {}

  /** A signatory and his key. */
  record Signatory(String key, String name, String id, KeyPair keys) {}

  private final Map<String, Person> persons = new HashMap<>();
  private final Map<String, Signatory> signatories = new HashMap<>();
  private final Map<String, String> firms = new HashMap<>();
  private final Map<String, String> specials = new HashMap<>();
  private int made;

  Cast(Given given) {
    firms.put("/owner", firmCode());
    firms.put("/contractor", firmCode());
    for (var firm : given.firms()) {
      firms.put(firm.key(), firm.code() == null ? firmCode() : firm.code());
    }
    for (var project : given.projects()) {
      specials.computeIfAbsent(project.account(), _ -> "3310%010d".formatted(++made));
    }
    for (var worker : given.workers()) {
      persons.put(
          worker.key(),
          new Person(
              worker,
              worker.name() == null ? name(worker.key()) : worker.name(),
              worker.scheme() == null ? "RESIDENT_ID" : worker.scheme(),
              worker.id() == null ? residentId() : worker.id(),
              worker.account() == null ? freshAccount() : worker.account(),
              worker.member() == null ? MEMBER : worker.member()));
    }
    for (var worker : given.workers()) {
      if (worker.accountOf() != null) {
        var of = persons.get(worker.accountOf());
        var self = person(worker.key());
        if (of != null) {
          persons.put(
              worker.key(),
              new Person(worker, self.name(), self.scheme(), self.id(), of.account(), of.member()));
        }
      }
    }
    for (var key : given.signatories()) {
      signatories.put(key, new Signatory(key, "签署人" + key, residentId(), freshKeys()));
    }
  }

  Person person(String worker) {
    return Objects.requireNonNull(persons.get(worker));
  }

  Signatory signatory(String key) {
    return Objects.requireNonNull(signatories.get(key));
  }

  String owner() {
    return firm("/owner");
  }

  String contractor() {
    return firm("/contractor");
  }

  /** A firm's code; a key that is not a firm's is taken for a code. */
  String firm(String key) {
    return firms.getOrDefault(key, key);
  }

  /** An account's number; a key that is not an account's is taken for a number. */
  String special(String key) {
    return specials.getOrDefault(key, key);
  }

  /** A worker's account is another from now on. */
  void moves(String worker, String account) {
    var old = person(worker);
    persons.put(
        worker, new Person(old.given(), old.name(), old.scheme(), old.id(), account, old.member()));
  }

  String freshAccount() {
    var digits = new StringBuilder("622848%012d".formatted(++made));
    return digits.append(AccountNumber.checkDigit(digits)).toString();
  }

  private static String name(String key) {
    return "工人" + key;
  }

  private String residentId() {
    var day = LocalDate.of(1980, 1, 1).plusDays(++made);
    var digits = new StringBuilder("330106").append(day.format(DateTimeFormatter.BASIC_ISO_DATE));
    digits.append("001");
    return digits.append(ResidentId.checkDigit(digits)).toString();
  }

  private String firmCode() {
    var code = new StringBuilder("91330100%09d".formatted(++made));
    return code.append(UnifiedSocialCreditCode.checkDigit(code)).toString();
  }

  private static KeyPair freshKeys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
