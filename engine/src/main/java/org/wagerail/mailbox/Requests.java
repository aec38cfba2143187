package org.wagerail.mailbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Answers each request that may move money once. The answer is kept in the transaction of what the
 * request did: there is no moment at which one is there without the other.
 */
@Component
public class Requests {
  /**
   * An answer, as it goes out.
   *
   * @param status of HTTP
   * @param type media type of the body
   * @param location where what was made can be found
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes travel as the column that holds them
  public record Answer(int status, String type, @Nullable String location, byte[] body) {}

  /** What comes of a request. */
  public sealed interface Outcome {}

  /**
   * It is answered.
   *
   * @param again whether it was answered before, and nothing was done now
   */
  public record Answered(Answer answer, boolean again) implements Outcome {}

  /** Why it is not answered. */
  public enum Unanswered implements Outcome {
    /** The same request is being worked on. */
    IN_PROGRESS,
    /** The key was used for another request. */
    OTHER_REQUEST
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Row(
      byte[] hash, int status, String type, @Nullable String location, byte[] answer) {}

  private final JdbcClient jdbc;

  Requests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Does what a request asks for, unless it was done before.
   *
   * @param key the caller's name for the request, of this person only
   * @param hash of everything that was asked
   * @param work joins the transaction; when it throws, nothing was asked
   */
  @Transactional
  public Outcome once(
      int bank, long person, String key, byte[] hash, Instant at, Supplier<Answer> work) {
    boolean first =
        jdbc.sql("SELECT pg_try_advisory_xact_lock(?)")
            .param(lock(bank, person, key))
            .query(Boolean.class)
            .single();
    if (!first) {
      return Unanswered.IN_PROGRESS;
    }
    var known =
        jdbc.sql(
                """
                SELECT hash, status, type, location, answer FROM answered_request
                 WHERE bank = ? AND person = ? AND key = ?
                """)
            .params(bank, person, key)
            .query(Row.class)
            .optional();
    if (known.isPresent()) {
      var row = known.get();
      return Arrays.equals(row.hash(), hash)
          ? new Answered(new Answer(row.status(), row.type(), row.location(), row.answer()), true)
          : Unanswered.OTHER_REQUEST;
    }
    var answer = work.get();
    jdbc.sql(
            """
            INSERT INTO answered_request (bank, person, key, hash, status, type, location, answer,
                                          answered_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            Arrays.asList(
                bank,
                person,
                key,
                hash,
                answer.status(),
                answer.type(),
                answer.location(),
                answer.body(),
                Timestamp.from(at)))
        .update();
    return new Answered(answer, false);
  }

  private static long lock(int bank, long person, String key) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          ("request " + bank + " " + person + " " + key).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
