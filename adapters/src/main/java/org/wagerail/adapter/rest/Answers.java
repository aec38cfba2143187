package org.wagerail.adapter.rest;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.wagerail.mailbox.Requests;
import tools.jackson.databind.json.JsonMapper;

/**
 * How answers are written: JSON of records and maps, amounts as decimal text, refusals as problems.
 */
public final class Answers {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String PROBLEM = "application/problem+json";

  private Answers() {}

  /** Minor units of CNY as decimal text: a number would pass through somebody's float. */
  public static String yuan(long minor) {
    return BigDecimal.valueOf(minor, 2).toPlainString();
  }

  /** What is asked for. */
  public static ResponseEntity<byte[]> ok(Object body) {
    return http(answer(200, body, null));
  }

  /** One page, and the cursor of the next; null behind the last. */
  public static ResponseEntity<byte[]> page(List<?> items, @Nullable String next) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("items", items);
    body.put("next", next);
    return http(answer(200, body, null));
  }

  /** An answer that can be kept. */
  public static Requests.Answer answer(int status, Object body, @Nullable String location) {
    return new Requests.Answer(
        status, MediaType.APPLICATION_JSON_VALUE, location, JSON.writeValueAsBytes(body));
  }

  /** A refusal that can be kept. */
  public static Requests.Answer problem(Refused refused) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("type", "urn:wagerail:problem:" + refused.name());
    body.put("title", refused.code().title());
    body.put("status", refused.code().status());
    body.put("code", refused.name());
    body.put("detail", refused.detail());
    if (refused.pointer() != null) {
      body.put("pointer", refused.pointer());
    }
    if (!refused.findings().isEmpty()) {
      body.put("row", refused.findings().getFirst().row());
      body.put("findings", refused.findings());
    }
    return new Requests.Answer(
        refused.code().status(), PROBLEM, null, JSON.writeValueAsBytes(body));
  }

  /** An answer on its way out. */
  public static ResponseEntity<byte[]> http(Requests.Answer answer) {
    return http(answer, Map.of());
  }

  /** The same with headers of its own. */
  public static ResponseEntity<byte[]> http(Requests.Answer answer, Map<String, String> headers) {
    var response =
        ResponseEntity.status(answer.status())
            .header(HttpHeaders.CONTENT_TYPE, answer.type())
            .header(HttpHeaders.CONTENT_LANGUAGE, "zh, en");
    if (answer.location() != null) {
      response.header(HttpHeaders.LOCATION, answer.location());
    }
    headers.forEach(response::header);
    return response.body(answer.body());
  }

  /** A problem as text, for what answers before there is a route. */
  public static String problemText(Refused.Code code) {
    return new String(problem(new Refused(code)).body(), StandardCharsets.UTF_8);
  }
}
