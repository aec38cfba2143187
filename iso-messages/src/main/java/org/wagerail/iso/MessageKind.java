package org.wagerail.iso;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What kind of message a stream carries.
 *
 * @param name message version, such as {@code pain.001.001.09}
 * @param supported whether there is a grammar for it
 */
public record MessageKind(String name, boolean supported) {

  /** The message without its version, such as {@code pain.001}. */
  public String family() {
    return name.length() < 8 ? name : name.substring(0, 8);
  }

  /**
   * Looks for the document in a stream, inside a known envelope too, and reads no further. The
   * stream is not closed.
   *
   * @return null if the stream is not XML or names no ISO 20022 message
   * @throws UncheckedIOException if the stream itself fails
   */
  public static @Nullable MessageKind sniff(InputStream in) {
    try {
      XmlSource source = XmlSource.open(in);
      XMLStreamReader events = source.reader();
      for (int depth = 0; events.hasNext(); ) {
        switch (source.next()) {
          case XMLStreamConstants.DTD -> {
            return null;
          }
          case XMLStreamConstants.START_ELEMENT -> {
            if (events.getLocalName().equals("Document")) {
              return ofNamespace(events.getNamespaceURI());
            }
            if (++depth > Walker.DEEPEST) {
              return null;
            }
          }
          case XMLStreamConstants.END_ELEMENT -> depth--;
          default -> {
            // Look on.
          }
        }
      }
      return null;
    } catch (Unreadable e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (XMLStreamException e) {
      return null;
    }
  }

  private static @Nullable MessageKind ofNamespace(@Nullable String uri) {
    if (uri == null || !uri.startsWith(Grammar.NAMESPACE_PREFIX)) {
      return null;
    }
    String name = uri.substring(Grammar.NAMESPACE_PREFIX.length());
    return new MessageKind(name, Grammar.ofMessage(name) != null);
  }
}
