package org.wagerail.iso;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of another encoding than UTF-8, decoded for the parser: only characters of XML come
 * through, for of what it does not decode itself the parser checks less. What stands before a
 * breach is delivered first, so that the parser has come to the line of the breach.
 */
final class DecodedText extends Reader {
  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer bytes = ByteBuffer.allocate(8192).limit(0);
  private boolean ended;
  private @Nullable Unreadable breach;

  DecodedText(InputStream in, Charset charset) {
    this.in = in;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Reads into room for at least two characters, as a rare one takes. */
  @Override
  public int read(char[] b, int off, int length) throws IOException {
    if (length < 2) {
      throw new IllegalArgumentException("room for " + length);
    }
    CharBuffer room = CharBuffer.wrap(b, off, length).slice();
    while (breach == null && decode(room) && room.position() == 0) {
      fill();
    }
    int good = check(b, off, room.position());
    if (good == 0 && breach != null) {
      throw breach;
    }
    return good == 0 ? -1 : good;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Decodes what there is; false if no more can come. */
  private boolean decode(CharBuffer room) {
    CoderResult result = decoder.decode(bytes, room, ended);
    if (result.isError()) {
      breach = new Unreadable(Rule.XML_ENCODING, decoder.charset().name());
    }
    return !ended && !result.isError();
  }

  private void fill() throws IOException {
    bytes.compact();
    int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = read < 0;
    bytes.position(bytes.position() + Math.max(read, 0)).flip();
  }

  /** Number of characters before the first that XML does not have. */
  private int check(char[] b, int off, int length) {
    for (int i = off; i < off + length; i++) {
      char c = b[i];
      if (c < ' ' ? !Lexical.isSpace(c) : c >= '\uFFFE') {
        breach =
            new Unreadable(Rule.XML_NOT_WELL_FORMED, String.format("character U+%04X", (int) c));
        return i - off;
      }
    }
    return length;
  }
}
