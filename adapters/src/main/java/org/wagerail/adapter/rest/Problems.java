package org.wagerail.adapter.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Says every failure as a problem: what the caller can mend in full, what he cannot in a word. */
@RestControllerAdvice
@ConditionalOnWebApplication
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final SecurityLog log;

  Problems(SecurityLog log) {
    this.log = log;
  }

  @ExceptionHandler
  ResponseEntity<byte[]> refused(Refused refused, HttpServletRequest request) {
    log.refusedAnyway(request, refused);
    var headers = new HashMap<String, String>();
    switch (refused.code()) {
      case IDEMPOTENCY_IN_PROGRESS, TOO_MANY_UPLOADS -> headers.put(HttpHeaders.RETRY_AFTER, "1");
      case REPORT_NOT_READY -> headers.put(HttpHeaders.RETRY_AFTER, "5");
      // What is left of the body is not read.
      case FILE_TOO_LARGE, UPLOAD_TOO_SLOW -> headers.put(HttpHeaders.CONNECTION, "close");
      default -> {
        // Nothing else to say.
      }
    }
    return Answers.http(Answers.problem(refused), headers);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> anything(Exception problem, HttpServletRequest request) {
    if (problem instanceof ErrorResponse known) {
      return refused(new Refused(code(known.getStatusCode().value())), request);
    }
    if (problem instanceof TypeMismatchException) {
      return refused(new Refused(Refused.Code.REQUEST_INVALID), request);
    }
    LOG.error("a request failed: {}", problem.getClass().getSimpleName(), problem);
    return refused(new Refused(Refused.Code.INTERNAL), request);
  }

  /** What Spring refuses by itself. */
  static Refused.Code code(int status) {
    return switch (status) {
      case 404 -> Refused.Code.NOT_FOUND;
      case 405 -> Refused.Code.METHOD_NOT_ALLOWED;
      case 413 -> Refused.Code.FILE_TOO_LARGE;
      case 415 -> Refused.Code.FILE_FORMAT_UNSUPPORTED;
      default -> status < 500 ? Refused.Code.REQUEST_INVALID : Refused.Code.INTERNAL;
    };
  }
}
