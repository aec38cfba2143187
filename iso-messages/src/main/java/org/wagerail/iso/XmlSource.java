package org.wagerail.iso;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/**
 * Opens bytes as XML, hardened: the encoding is settled before the parser sees a byte, nothing
 * outside the stream is ever opened, and no single token may make the parser hold more than {@link
 * #LONGEST_TOKEN} bytes.
 */
final class XmlSource {
  /**
   * Bytes the parser may take in one step, whatever it finds there: the longest text in its widest
   * form, and no more, for what the parser does with one tag grows with the square of its names.
   */
  static final int LONGEST_TOKEN = 1 << 18;

  private static final int HEAD = 512;

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
  private final XMLStreamReader2 reader;
  private final int lineEnds;

  private XmlSource(GuardedStream guarded, XMLStreamReader2 reader, int lineEnds) {
    this.guarded = guarded;
    this.reader = reader;
    this.lineEnds = lineEnds;
  }

  XMLStreamReader reader() {
    return reader;
  }

  /**
   * Takes the parser to its next event, which must be there.
   *
   * @throws Unreadable also for breaches that the parser itself does not foresee
   */
  int next() throws IOException, XMLStreamException {
    guarded.taken = 0;
    try {
      return reader.next();
    } catch (UncheckedStreamException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new Unreadable(Rule.XML_NOT_WELL_FORMED, String.valueOf(e.getMessage()));
    }
  }

  /** Line where the event at hand begins. */
  int line() {
    return lineEnds + reader.getLocation().getLineNumber();
  }

  /** Line that the parser has come to: of a breach within an event, not where that began. */
  int reached() {
    return lineEnds + reader.getLocationInfo().getCurrentLocation().getLineNumber();
  }

  /** Lets go of the parser; the stream stays open. */
  void close() throws XMLStreamException {
    reader.close();
  }

  static XmlSource open(InputStream in) throws IOException, XMLStreamException {
    PushbackInputStream bytes = new PushbackInputStream(in, HEAD);
    byte[] head = bytes.readNBytes(HEAD);
    if (head.length == 0) {
      throw new Unreadable(Rule.FILE_EMPTY, "");
    }
    int mark = byteOrderMark(head);
    bytes.unread(head, mark, head.length - mark);
    Charset wide = mark == 2 ? wide(head) : null;
    XmlDeclaration declaration =
        XmlDeclaration.of(
            new String(
                head, mark, head.length - mark, wide == null ? StandardCharsets.ISO_8859_1 : wide));
    Charset charset = wide == null ? narrow(declaration, mark) : named(declaration, wide);
    GuardedStream guarded = new GuardedStream(bytes, charset == null);
    return new XmlSource(guarded, parser(guarded, charset), declaration.lineEnds());
  }

  private static XMLStreamReader2 parser(GuardedStream guarded, @Nullable Charset charset)
      throws XMLStreamException {
    // A factory of its own for each file: names of a hostile file must not outlive it.
    InputFactoryImpl factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    if (charset == null) {
      return (XMLStreamReader2) factory.createXMLStreamReader(guarded);
    }
    return (XMLStreamReader2) factory.createXMLStreamReader(new DecodedText(guarded, charset));
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

  private static Charset wide(byte[] head) {
    return at(head, 0) == 0xFF ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }

  /** A wide encoding goes by one name in declarations. */
  private static Charset named(XmlDeclaration declaration, Charset wide) throws Unreadable {
    String name = declaration.encoding();
    if (name != null && !name.equals("UTF-16")) {
      throw new Unreadable(Rule.XML_ENCODING, name);
    }
    return wide;
  }

  /** Null for UTF-8, also without a declaration, which the parser decodes itself from bytes. */
  private static @Nullable Charset narrow(XmlDeclaration declaration, int mark) throws Unreadable {
    String name = declaration.encoding();
    if (name == null || name.equals("UTF-8") || name.equals("UTF8")) {
      return null;
    }
    Charset charset = DECODED.get(name);
    if (charset == null || mark > 0) {
      throw new Unreadable(Rule.XML_ENCODING, name);
    }
    return charset;
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
        throw new Unreadable(Rule.XML_TEXT_TOO_LONG, LONGEST_TOKEN / 1024 + " KB");
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
