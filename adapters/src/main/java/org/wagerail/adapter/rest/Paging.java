package org.wagerail.adapter.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Pages: a cursor names the last row of the page before. */
public final class Paging {
  private static final int MOST = 200;
  private static final int USUAL = 50;

  private Paging() {}

  /**
   * How many rows a page has.
   *
   * @throws Refused unless from 1 to 200
   */
  public static int limit(@Nullable Integer wanted) {
    if (wanted == null) {
      return USUAL;
    }
    if (wanted < 1 || wanted > MOST) {
      throw new Refused(
          Refused.Code.REQUEST_INVALID, "limit 须为 1 至 200 / limit must be from 1 to 200");
    }
    return wanted;
  }

  /**
   * The numbers in a cursor; null for the first page.
   *
   * @throws Refused when it is none of ours
   */
  public static long @Nullable [] read(@Nullable String cursor, int numbers) {
    if (cursor == null) {
      return null;
    }
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII).split("-");
      if (parts.length == numbers) {
        var read = new long[numbers];
        for (int i = 0; i < numbers; i++) {
          read[i] = Long.parseLong(parts[i]);
        }
        return read;
      }
    } catch (IllegalArgumentException notOurs) {
      // Refused below, as any text of another form.
    }
    throw new Refused(Refused.Code.REQUEST_INVALID, "cursor 无效 / the cursor is none of ours");
  }

  /**
   * Answers with one page.
   *
   * @param rows as many as the page has, and one more where there is a next page
   * @param cursor the numbers that name a row
   */
  public static <T> ResponseEntity<byte[]> page(
      List<T> rows, int limit, Function<T, Object> say, Function<T, long[]> cursor) {
    var shown = rows.size() > limit ? rows.subList(0, limit) : rows;
    var next = rows.size() > limit ? write(cursor.apply(shown.getLast())) : null;
    return Answers.page(shown.stream().map(say).toList(), next);
  }

  private static String write(long[] numbers) {
    var text = new StringBuilder();
    for (long number : numbers) {
      text.append(text.isEmpty() ? "" : "-").append(number);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
