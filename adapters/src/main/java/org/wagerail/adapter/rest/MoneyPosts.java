package org.wagerail.adapter.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.wagerail.mailbox.Requests;
import org.wagerail.project.ParameterSet;
import org.wagerail.project.Parameters;

/**
 * Requests that may move money: each has a key, and each is answered once. A refusal that follows
 * from the request is an answer too; what fails for another reason was never asked.
 */
@Component
@ConditionalOnWebApplication
public final class MoneyPosts {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,100}");

  /** Bytes that came in, and what was made of them on the way. */
  public interface Upload<T> {
    /** Reads the body to its end. */
    T read(InputStream body, Instant at) throws IOException;
  }

  private final Requests requests;
  private final Parameters parameters;
  private final SecurityLog log;
  private final Clock clock;
  private final Map<Integer, AtomicInteger> uploads = new ConcurrentHashMap<>();

  MoneyPosts(Requests requests, Parameters parameters, SecurityLog log, Clock clock) {
    this.requests = requests;
    this.parameters = parameters;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Answers a request with a JSON body.
   *
   * @param type what the body is read as, strictly
   * @param work does it, in the transaction that keeps the answer
   */
  public <T> ResponseEntity<byte[]> json(
      Caller caller,
      HttpServletRequest request,
      Class<T> type,
      BiFunction<T, Instant, Requests.Answer> work) {
    var key = key(request);
    var at = clock.instant();
    var set = parameters.of(caller.bank(), "");
    long most = set.number("request-bytes", caller.day(at));
    var digest = digest(request);
    var body = read(request, set, most, caller, at, digest, (in, _) -> in.readAllBytes());
    return once(
        caller,
        request,
        key,
        digest.digest(),
        at,
        now -> work.apply(StrictJson.read(body, type), now));
  }

  /**
   * Answers a request whose body is a file. Of one bank's only so many come in at once, so that
   * slow ones leave room for others.
   *
   * @param limit the parameter that says how large it may be
   * @param keep takes the bytes in, before any transaction
   * @param work does what was asked, in the transaction that keeps the answer
   */
  public <T> ResponseEntity<byte[]> file(
      Caller caller,
      HttpServletRequest request,
      String limit,
      Upload<T> keep,
      BiFunction<T, Instant, Requests.Answer> work) {
    var key = key(request);
    var at = clock.instant();
    var set = parameters.of(caller.bank(), "");
    var running = uploads.computeIfAbsent(caller.bank(), _ -> new AtomicInteger());
    try {
      if (running.incrementAndGet() > set.number("uploads-at-once", caller.day(at))) {
        throw new Refused(Refused.Code.TOO_MANY_UPLOADS);
      }
      long most = set.number(limit, caller.day(at));
      var digest = digest(request);
      var kept = read(request, set, most, caller, at, digest, keep);
      return once(caller, request, key, digest.digest(), at, now -> work.apply(kept, now));
    } finally {
      running.decrementAndGet();
    }
  }

  private static String key(HttpServletRequest request) {
    var key = request.getHeader("Idempotency-Key");
    if (key == null || !KEY.matcher(key).matches()) {
      throw new Refused(Refused.Code.IDEMPOTENCY_REQUIRED);
    }
    return key;
  }

  private static <T> T read(
      HttpServletRequest request,
      ParameterSet set,
      long most,
      Caller caller,
      Instant at,
      MessageDigest digest,
      Upload<T> keep) {
    if (request.getContentLengthLong() > most) {
      throw new Refused(Refused.Code.FILE_TOO_LARGE);
    }
    try {
      return keep.read(
          new UploadStream(
              request.getInputStream(),
              most,
              set.number("upload-bytes-a-second", caller.day(at)),
              set.number("upload-patience", caller.day(at)),
              System::nanoTime,
              digest),
          at);
    } catch (SocketTimeoutException silent) {
      throw new Refused(Refused.Code.UPLOAD_TOO_SLOW);
    } catch (IOException e) {
      if (e.getCause() instanceof SocketTimeoutException) {
        throw new Refused(Refused.Code.UPLOAD_TOO_SLOW);
      }
      throw new Refused(Refused.Code.REQUEST_INVALID);
    }
  }

  /** What is asked: method, path, the content it speaks of, and, read behind this, the body. */
  private static MessageDigest digest(HttpServletRequest request) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part :
          new @Nullable String[] {
            request.getMethod(), request.getRequestURI(), request.getHeader(HttpHeaders.IF_MATCH)
          }) {
        var bytes = Objects.requireNonNullElse(part, "").getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
      }
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private ResponseEntity<byte[]> once(
      Caller caller,
      HttpServletRequest request,
      String key,
      byte[] hash,
      Instant at,
      Function<Instant, Requests.Answer> work) {
    var outcome =
        requests.once(
            caller.bank(),
            caller.person(),
            key,
            hash,
            at,
            () -> {
              try {
                return work.apply(at);
              } catch (Refused refused) {
                log.refused(request, refused);
                return Answers.problem(refused);
              }
            });
    return switch (outcome) {
      case Requests.Answered answered ->
          Answers.http(
              answered.answer(), Map.of("Idempotent-Replayed", Boolean.toString(answered.again())));
      case Requests.Unanswered.IN_PROGRESS ->
          throw new Refused(Refused.Code.IDEMPOTENCY_IN_PROGRESS);
      case Requests.Unanswered.OTHER_REQUEST ->
          throw new Refused(Refused.Code.IDEMPOTENCY_MISMATCH);
    };
  }
}
