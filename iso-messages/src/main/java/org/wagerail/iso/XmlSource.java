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
          "ISO-8859-15", Charset.forName("ISO-8859-15"));

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
    GuardedStream guarded = new GuardedStream(bytes);
    Charset charset = mark == 2 ? wide(head) : charset(head, mark);
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
    if (a == 0xEF && b == 0xBB && at(head, 2) == 0xBF) {
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

  /** Null for what the parser decodes itself from bytes. */
  private static @Nullable Charset charset(byte[] head, int mark) throws Unreadable {
    String declared =
        declared(new String(head, mark, head.length - mark, StandardCharsets.ISO_8859_1));
    if (declared == null || declared.equals("UTF-8")) {
      return null;
    }
    if (mark == 0) {
      switch (declared) {
        case "US-ASCII", "ASCII", "ISO-8859-1" -> {
          return null;
        }
        default -> {
          Charset charset = DECODED.get(declared);
          if (charset != null) {
            return charset;
          }
        }
      }
    }
    throw new Unreadable(Rule.XML_ENCODING, declared);
  }

  private static @Nullable String declared(String head) {
    Matcher matcher = DECLARATION.matcher(head);
    return matcher.find() ? matcher.group(2).toUpperCase(Locale.ROOT) : null;
  }

  /** Counts what the parser takes between two steps. */
  private static final class GuardedStream extends FilterInputStream {
    private int taken;

    GuardedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        count(1);
      }
      return value;
    }

    @Override
    public int read(byte[] b, int off, int len) throws IOException {
      int read = super.read(b, off, len);
      if (read > 0) {
        count(read);
      }
      return read;
    }

    private void count(int read) throws Unreadable {
      taken += read;
      if (taken > LONGEST_TOKEN) {
        throw new Unreadable(Rule.XML_TEXT_TOO_LONG, LONGEST_TOKEN + " bytes");
      }
    }
  }
}
