package org.wagerail.payroll;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.wagerail.evidence.EventLog;

/**
 * Takes releases. A payroll is released when two different persons who may sign for its contractor
 * have signed its content.
 */
@Component
public class Releases {
  /**
   * One person's signature under one payroll.
   *
   * @param person the signatory's party number
   * @param signature Ed25519 over {@link #toSign}
   */
  @SuppressWarnings("ArrayRecordComponent") // a signature travels as the column that holds it
  public record Release(int month, long payroll, long person, byte[] signature) {}

  /** A payroll that can be released, and what is signed for it. */
  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  public record Releasable(
      int month, long payroll, long contractor, String msgId, byte[] contentHash, int signed) {}

  /** Why a release was not taken. */
  public enum Refusal {
    NO_SUCH_PAYROLL("no such payroll, or it was refused", "无此工资表或已被拒绝"),
    NOT_A_SIGNATORY("this person may not sign for the contractor", "此人无权代表总包签署"),
    SIGNATURE_WRONG("the signature does not fit the content", "签名与内容不符"),
    SAME_PERSON("this person has signed already; a second person must", "此人已签署，须由另一人复核"),
    CONTENT_CHANGED("the content is not the one that was looked at", "内容与所查看的不同"),
    RELEASED_ALREADY("two persons have signed already", "已由两人签署");

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
  private final EventLog events;

  Releases(JdbcClient jdbc, EventLog events) {
    this.jdbc = jdbc;
    this.events = events;
  }

  /**
   * The bytes that a release signs: purpose, bank code and content, so that no signature can be
   * used for another bank, file or purpose.
   */
  public static byte[] toSign(String bankCode, byte[] contentHash) {
    return ("wagerail release 1\n" + bankCode + "\n" + HexFormat.of().formatHex(contentHash) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Payrolls that were read and that fewer than two persons have signed. */
  public List<Releasable> open(int bank) {
    return jdbc.sql(
            """
            SELECT p.pay_month AS month, p.payroll, p.contractor, p.msg_id, p.content_hash,
                   (SELECT count(*)::integer FROM release r WHERE r.bank = p.bank
                       AND r.pay_month = p.pay_month AND r.payroll = p.payroll) AS signed
              FROM payroll p
              JOIN inbound_done d ON d.bank = p.bank AND d.month = p.doc_month AND d.document = p.document
             WHERE p.bank = ? AND p.verdict = 'READ' AND p.contractor IS NOT NULL
               AND (SELECT count(*) FROM release r WHERE r.bank = p.bank
                       AND r.pay_month = p.pay_month AND r.payroll = p.payroll) < 2
             ORDER BY p.pay_month, p.payroll
            """)
        .param(bank)
        .query(Releasable.class)
        .list();
  }

  /**
   * Takes releases, each or not at all.
   *
   * @return a refusal in the place of each release, null where it was taken
   */
  @Transactional
  public List<@Nullable Refusal> release(
      int bank, LocalDate today, Instant at, List<Release> releases) {
    var bankCode =
        jdbc.sql("SELECT code FROM bank WHERE bank = ?").param(bank).query(String.class).single();
    var facts = facts(bank, today, releases);
    var judged =
        IntStream.range(0, releases.size())
            .parallel()
            .mapToObj(i -> Optional.ofNullable(verdict(bankCode, releases.get(i), facts.get(i))))
            .toList();
    var verdicts = new ArrayList<@Nullable Refusal>(releases.size());
    var taken = new ArrayList<Release>();
    var hashes = new ArrayList<byte[]>();
    for (int i = 0; i < releases.size(); i++) {
      var fact = facts.get(i);
      var verdict = judged.get(i).orElse(null);
      boolean twice = verdict == null && taken.stream().anyMatch(new Same(releases.get(i))::is);
      verdicts.add(twice ? Refusal.SAME_PERSON : verdict);
      if (verdict == null && !twice && fact != null) {
        taken.add(releases.get(i));
        hashes.add(fact.hash());
      }
    }
    if (!taken.isEmpty()) {
      insert(bank, at, taken, hashes);
    }
    return verdicts;
  }

  /**
   * Takes one person's release of the content he saw. Releases of one payroll come one after the
   * other: of two who both want to be the second, one is.
   *
   * @param seen hash of the content that was looked at
   * @return a refusal, null when it was taken
   */
  @Transactional
  public @Nullable Refusal sign(
      int bank, LocalDate today, Instant at, byte[] seen, Release release) {
    jdbc.sql("SELECT pg_advisory_xact_lock(7252, ?)")
        .param((int) (release.payroll() % Integer.MAX_VALUE))
        .query(_ -> {});
    @SuppressWarnings("ArrayRecordComponent")
    record Standing(byte[] hash, int signed, boolean byThisPerson) {}
    var standing =
        jdbc.sql(
                """
                SELECT p.content_hash AS hash, count(r.person)::integer AS signed,
                       coalesce(bool_or(r.person = ?), false) AS by_this_person
                  FROM payroll p
                  LEFT JOIN release r ON r.bank = p.bank AND r.pay_month = p.pay_month
                       AND r.payroll = p.payroll
                 WHERE p.bank = ? AND p.pay_month = ? AND p.payroll = ? GROUP BY 1
                """)
            .params(release.person(), bank, release.month(), release.payroll())
            .query(Standing.class)
            .optional();
    if (standing.isPresent() && !Arrays.equals(standing.get().hash(), seen)) {
      return Refusal.CONTENT_CHANGED;
    }
    if (standing.isPresent() && standing.get().signed() >= 2 && !standing.get().byThisPerson()) {
      return Refusal.RELEASED_ALREADY;
    }
    return release(bank, today, at, List.of(release)).getFirst();
  }

  private record Same(Release other) {
    boolean is(Release release) {
      return release.payroll() == other.payroll()
          && release.month() == other.month()
          && release.person() == other.person();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // a hash travels as the column that holds it
  private record Fact(byte[] hash, byte @Nullable [] key, boolean signed) {}

  private Map<Integer, Fact> facts(int bank, LocalDate today, List<Release> releases) {
    var facts = new HashMap<Integer, Fact>();
    jdbc.sql(
            """
            SELECT r.n, p.content_hash, s.public_key,
                   EXISTS (SELECT 1 FROM release x WHERE x.bank = p.bank AND x.pay_month = p.pay_month
                              AND x.payroll = p.payroll AND x.person = r.person)
              FROM unnest(?, ?, ?) WITH ORDINALITY AS r (month, payroll, person, n)
              JOIN payroll p ON p.bank = ? AND p.pay_month = r.month AND p.payroll = r.payroll
                   AND p.verdict = 'READ'
              JOIN inbound_done d ON d.bank = p.bank AND d.month = p.doc_month AND d.document = p.document
              LEFT JOIN signatory s ON s.bank = p.bank AND s.firm = p.contractor
                   AND s.person = r.person AND s.from_date <= ?
                   AND (s.until_date IS NULL OR s.until_date >= ?)
            """)
        .params(
            releases.stream().map(Release::month).toArray(Integer[]::new),
            releases.stream().map(Release::payroll).toArray(Long[]::new),
            releases.stream().map(Release::person).toArray(Long[]::new),
            bank,
            today,
            today)
        .query(
            row -> {
              facts.put(
                  row.getInt(1) - 1, new Fact(row.getBytes(2), row.getBytes(3), row.getBoolean(4)));
            });
    return facts;
  }

  private static @Nullable Refusal verdict(String bankCode, Release release, @Nullable Fact fact) {
    if (fact == null) {
      return Refusal.NO_SUCH_PAYROLL;
    }
    if (fact.key() == null) {
      return Refusal.NOT_A_SIGNATORY;
    }
    if (!isSigned(fact.key(), toSign(bankCode, fact.hash()), release.signature())) {
      return Refusal.SIGNATURE_WRONG;
    }
    return fact.signed() ? Refusal.SAME_PERSON : null;
  }

  /**
   * Whether a signature is of these bytes and this key.
   *
   * @param publicKey Ed25519, X.509 encoding
   */
  public static boolean isSigned(byte[] publicKey, byte[] signed, byte[] signature) {
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey)));
      check.update(signed);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // A malformed key or signature proves nothing, which is all that is asked here.
      return false;
    }
  }

  private void insert(int bank, Instant at, List<Release> taken, List<byte[]> hashes) {
    jdbc.sql(
            """
            INSERT INTO release (bank, pay_month, payroll, person, hash, signature, released_at)
            SELECT ?, month, payroll, person, hash, signature, ? FROM unnest(?, ?, ?, ?, ?) AS r (month, payroll, person, hash, signature)
            """)
        .params(
            bank,
            Timestamp.from(at),
            taken.stream().map(Release::month).toArray(Integer[]::new),
            taken.stream().map(Release::payroll).toArray(Long[]::new),
            taken.stream().map(Release::person).toArray(Long[]::new),
            hashes.toArray(byte[][]::new),
            taken.stream().map(Release::signature).toArray(byte[][]::new))
        .update();
    events.append(
        bank,
        at,
        taken.stream()
            .map(
                r ->
                    new EventLog.Event(
                        "PAYROLL_SIGNED",
                        "payroll " + r.month() + "/" + r.payroll(),
                        "person " + r.person()))
            .toList());
  }
}
