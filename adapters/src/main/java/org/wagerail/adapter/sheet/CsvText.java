package org.wagerail.adapter.sheet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds out in which characters a csv file is written: UTF-8 or GB18030. A byte order mark says it.
 * Without one the whole file must be proper in one of the two only; where it is in both, the
 * headings must be ours in one of the two only.
 */
final class CsvText {
  static final Charset GB18030 = Charset.forName("GB18030");

  private static final int HEAD = 1 << 16;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private CsvText() {}

  /**
   * Opens the characters of a file, its mark passed over.
   *
   * @throws SheetFault when the file is too large or its characters cannot be told
   */
  static Reader open(Rows.Source source, SheetLimits limits) throws IOException {
    var charset = charset(source, limits);
    var in = source.open();
    var head = in.readNBytes(MARK.length);
    var rest =
        Arrays.equals(head, MARK)
            ? in
            : new java.io.SequenceInputStream(new ByteArrayInputStream(head), in);
    return new InputStreamReader(
        rest, charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
  }

  private static Charset charset(Rows.Source source, SheetLimits limits) throws IOException {
    var utf8 = new Trial(StandardCharsets.UTF_8);
    var gb = new Trial(GB18030);
    byte[] head;
    try (var in = source.open()) {
      head = in.readNBytes(HEAD);
      if (head.length >= 3 && Arrays.equals(head, 0, 3, MARK, 0, 3)) {
        gb.proper = false;
      }
      long size = head.length;
      byte[] piece = head;
      while (piece.length > 0) {
        if (size > limits.bytes()) {
          throw new SheetFault(SheetRule.FILE_TOO_LARGE, String.valueOf(limits.bytes()));
        }
        utf8.take(piece, false);
        gb.take(piece, false);
        piece = in.readNBytes(HEAD);
        size += piece.length;
      }
      utf8.take(new byte[0], true);
      gb.take(new byte[0], true);
    }
    if (utf8.proper && (!gb.proper || !utf8.foreign)) {
      return StandardCharsets.UTF_8;
    }
    if (gb.proper && !utf8.proper) {
      return GB18030;
    }
    boolean utf8Headings = utf8.proper && hasHeadings(head, StandardCharsets.UTF_8, limits);
    boolean gbHeadings = gb.proper && hasHeadings(head, GB18030, limits);
    if (utf8Headings == gbHeadings) {
      throw new SheetFault(SheetRule.CSV_CHARSET_CHOOSE, "");
    }
    return utf8Headings ? StandardCharsets.UTF_8 : GB18030;
  }

  /** Whether a heading of ours that is not plain ASCII stands in the first rows. */
  private static boolean hasHeadings(byte[] head, Charset charset, SheetLimits limits)
      throws IOException {
    try (var rows = new CsvRows(new java.io.StringReader(new String(head, charset)), limits)) {
      for (int i = 0; i < Headings.LOOK; i++) {
        var row = rows.next();
        if (row == null) {
          return false;
        }
        if (row.cells().stream()
            .anyMatch(
                cell ->
                    cell.text().chars().anyMatch(c -> c > 0x7f)
                        && Column.of(cell.text()) != null)) {
          return true;
        }
      }
      return false;
    } catch (SheetFault broken) {
      // The reading proper tells where.
      return false;
    }
  }

  /** One way to read the bytes: whether all of them are proper, and any beyond ASCII. */
  private static final class Trial {
    private final CharsetDecoder decoder;
    private final CharBuffer characters = CharBuffer.allocate(HEAD);
    private ByteBuffer left = ByteBuffer.allocate(0);
    private boolean proper = true;
    private boolean foreign;
    private char high;

    private Trial(Charset charset) {
      decoder =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private void take(byte[] piece, boolean last) {
      if (!proper) {
        return;
      }
      var bytes = ByteBuffer.allocate(left.remaining() + piece.length).put(left).put(piece).flip();
      CoderResult result;
      do {
        result = decoder.decode(bytes, characters, last);
        characters.flip();
        while (characters.hasRemaining()) {
          look(characters.get());
        }
        characters.clear();
        proper &= !result.isError();
      } while (proper && result.isOverflow());
      left = bytes;
    }

    /** What is assigned to nobody was not written by anybody. */
    private void look(char c) {
      if (c < 0x80) {
        return;
      }
      foreign = true;
      if (Character.isHighSurrogate(c)) {
        high = c;
        return;
      }
      int point = Character.isLowSurrogate(c) ? Character.toCodePoint(high, c) : c;
      int type = Character.getType(point);
      proper &= type != Character.UNASSIGNED && type != Character.PRIVATE_USE;
    }
  }
}
