package org.wagerail.iso;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Opens bytes as XML, hardened: the encoding is settled before the parser sees a byte, nothing
 * outside the stream is ever opened, and no single token may make the parser hold more than {@link
 * #LONGEST_TOKEN} bytes.
 */
final class XmlSource {
  /** Bytes the parser may take in one step, whatever it finds there. */
  static final int LONGEST_TOKEN = 1 << 20;

  private static final int HEAD = 512;
  private static final Pattern DECLARATION =
      Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*([\"'])([A-Za-z][A-Za-z0-9._-]*)\\1");

  /** Encodings taken besides Unicode's own: what banks in China and Europe still write. */
  private static final Map<String, Charset> DECODED =
      Map.of(
          "GB18030", Charset.forName("GB18030"),
          "GBK", Charset.forName("GBK"),
          "GB2312", Charset.forName("GB2312"),
          "WINDOWS-1252", Charset.forName("windows-1252"),
          "ISO-8859-15", Charset.forName("ISO-8859-15"),
          "ISO-8859-1", StandardCharsets.ISO_8859_1,
          "LATIN1", StandardCharsets.ISO_8859_1,
          "US-ASCII", StandardCharsets.US_ASCII,
          "ASCII", StandardCharsets.US_ASCII);

  private final GuardedStream guarded;
  private final XMLStreamReader reader;

  private XmlSource(GuardedStream guarded, XMLStreamReader reader) {
    this.guarded = guarded;
    this.reader = reader;
  }

  XMLStreamReader reader() {
    return reader;
  }

  /** To be called before each step of the parser. */
  void step() {
    guarded.taken = 0;
  }

  static XmlSource open(InputStream in) throws IOException, XMLStreamException {
    PushbackInputStream bytes = new PushbackInputStream(in, HEAD);
    byte[] head = bytes.readNBytes(HEAD);
    if (head.length == 0) {
      throw new Unreadable(Rule.FILE_EMPTY, "");
    }
    int mark = byteOrderMark(head);
    bytes.unread(head, mark, head.length - mark);
    String declared =
        declared(new String(head, mark, head.length - mark, StandardCharsets.ISO_8859_1));
    Charset charset = mark == 2 ? wide(head) : charset(declared, mark);
    boolean utf8 = mark != 2 && isUtf8(declared);
    GuardedStream guarded = new GuardedStream(bytes, utf8);
    return new XmlSource(guarded, parser(guarded, charset));
  }

  private static XMLStreamReader parser(GuardedStream guarded, @Nullable Charset charset)
      throws XMLStreamException {
    // A factory of its own for each file: names of a hostile file must not outlive it.
    InputFactoryImpl factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    if (charset == null) {
      return factory.createXMLStreamReader(guarded);
    }
    return factory.createXMLStreamReader(
        new InputStreamReader(
            guarded,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  /** Length of the mark at the beginning; encodings that only hide bytes are refused. */
  private static int byteOrderMark(byte[] head) throws Unreadable {
    int a = at(head, 0);
    int b = at(head, 1);
    if (isMark(head, 0)) {
      if (isMark(head, 3)) {
        throw new Unreadable(Rule.XML_ENCODING, "two byte order marks");
      }
      return 3;
    }
    if ((a == 0xFF && b == 0xFE) || (a == 0xFE && b == 0xFF)) {
      if (at(head, 2) == 0 && at(head, 3) == 0) {
        throw new Unreadable(Rule.XML_ENCODING, "UTF-32");
      }
      return 2;
    }
    if (a == 0 || b == 0) {
      throw new Unreadable(Rule.XML_ENCODING, "UTF-16 or UTF-32 without byte order mark");
    }
    if (a == 0x4C && b == 0x6F) {
      throw new Unreadable(Rule.XML_ENCODING, "EBCDIC");
    }
    if (a == '+' && b == '/' && at(head, 2) == 'v') {
      throw new Unreadable(Rule.XML_ENCODING, "UTF-7");
    }
    return 0;
  }

  private static boolean isMark(byte[] head, int from) {
    return at(head, from) == 0xEF && at(head, from + 1) == 0xBB && at(head, from + 2) == 0xBF;
  }

  private static int at(byte[] head, int index) {
    return index < head.length ? head[index] & 0xFF : -1;
  }

  private static Charset wide(byte[] head) throws Unreadable {
    Charset charset = at(head, 0) == 0xFF ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    String declared = declared(new String(head, 2, (head.length - 2) & ~1, charset));
    if (declared != null && !declared.equals("UTF-16")) {
      throw new Unreadable(Rule.XML_ENCODING, declared);
    }
    return charset;
  }

  /** Without a declaration XML is UTF-8. */
  private static boolean isUtf8(@Nullable String declared) {
    return declared == null || declared.equals("UTF-8") || declared.equals("UTF8");
  }

  /** Null for UTF-8, which the parser decodes itself from bytes. */
  private static @Nullable Charset charset(@Nullable String declared, int mark) throws Unreadable {
    if (declared == null || isUtf8(declared)) {
      return null;
    }
    Charset charset = DECODED.get(declared);
    if (charset == null || mark > 0) {
      throw new Unreadable(Rule.XML_ENCODING, declared);
    }
    return charset;
  }

  private static @Nullable String declared(String head) {
    Matcher matcher = DECLARATION.matcher(head);
    return matcher.find() ? matcher.group(2).toUpperCase(Locale.ROOT) : null;
  }

  /**
   * Counts what the parser takes between two steps, and lets only well-formed UTF-8 through: the
   * parser itself takes overlong forms for the characters they hide.
   */
  private static final class GuardedStream extends FilterInputStream {
    private final @Nullable Utf8 utf8;
    private int taken;
    private boolean broken;

    GuardedStream(InputStream in, boolean utf8) {
      super(in);
      this.utf8 = utf8 ? new Utf8() : null;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      if (broken) {
        throw new Unreadable(Rule.XML_ENCODING, "UTF-8");
      }
      int read = super.read(b, off, len);
      if (read <= 0) {
        return read;
      }
      taken += read;
      if (taken > LONGEST_TOKEN) {
        throw new Unreadable(Rule.XML_TEXT_TOO_LONG, LONGEST_TOKEN + " bytes");
      }
      if (utf8 == null) {
        return read;
      }
      int good = utf8.accept(b, off, read);
      if (good < read) {
        broken = true;
        if (good == 0) {
          throw new Unreadable(Rule.XML_ENCODING, "UTF-8");
        }
      }
      return good;
    }
  }
}
