package org.wagerail.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The official schemas, applied by the JDK's own validator. They lie in a folder outside the
 * project; where it is absent the tests that need it are skipped, unless they are required.
 */
final class Oracle {
  static final String FOLDER = "WAGERAIL_ISO_DIR";
  static final String REQUIRED = "WAGERAIL_REQUIRE_ISO";

  static final List<String> MESSAGES =
      List.of(
          "pain.001.001.03",
          "pain.001.001.09",
          "pain.001.001.11",
          "pacs.002.001.10",
          "pacs.002.001.12",
          "pacs.004.001.09",
          "pacs.004.001.10",
          "camt.053.001.02",
          "camt.053.001.04",
          "camt.053.001.08",
          "camt.054.001.02",
          "camt.054.001.04",
          "camt.054.001.08",
          "camt.056.001.08",
          "camt.029.001.09",
          "pacs.008.001.08",
          "pacs.028.001.03",
          "pain.002.001.03",
          "pain.002.001.10");

  static {
    // XML Schema counts characters; the validator counts UTF-16 units unless told otherwise.
    System.setProperty(
        "com.sun.org.apache.xerces.internal.impl.dv.xs.useCodePointCountForStringLength", "true");
  }

  private final Path folder;
  private final Map<String, Validator> validators = new HashMap<>();

  private Oracle(Path folder) {
    this.folder = folder;
  }

  /** The oracle; skips the test where there is none. */
  static Oracle open() {
    String folder = System.getenv(FOLDER);
    boolean present = folder != null && Files.isDirectory(Path.of(folder, "xsd"));
    if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
      assertThat(present)
          .as("%s is set, so %s must name the folder of the schemas", REQUIRED, FOLDER)
          .isTrue();
    }
    assumeTrue(present, "skipped: " + FOLDER + " names no folder with the official schemas");
    return new Oracle(Path.of(folder));
  }

  Path samples() {
    return folder.resolve("samples");
  }

  Path schemaFile(String message) {
    return folder.resolve("xsd").resolve(message.substring(0, 4)).resolve(message + ".xsd");
  }

  /** What the schema says of a whole file; empty if it is valid. */
  List<String> errors(String message, byte[] xml) {
    List<String> errors = new ArrayList<>();
    try {
      validator(message, errors).validate(new StreamSource(new ByteArrayInputStream(xml)));
    } catch (SAXException | IOException e) {
      // The validator reports an encoding that it cannot read as a broken stream.
      errors.add(String.valueOf(e.getMessage()));
    }
    return errors;
  }

  /** What the schema says of the document inside an envelope. */
  List<String> errorsInside(String message, byte[] xml) {
    List<String> errors = new ArrayList<>();
    try {
      XMLStreamReader reader =
          XMLInputFactory.newDefaultFactory().createXMLStreamReader(new ByteArrayInputStream(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && reader.getLocalName().equals("Document")) {
          validator(message, errors).validate(new StAXSource(reader));
          return errors;
        }
      }
      errors.add("no document");
    } catch (XMLStreamException | SAXException e) {
      errors.add(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return errors;
  }

  /** One validator for each schema, used again and again: making one costs more than its work. */
  private Validator validator(String message, List<String> errors) {
    Validator validator =
        validators.computeIfAbsent(
            message,
            name -> {
              try {
                return SchemaFactory.newDefaultInstance()
                    .newSchema(schemaFile(name).toFile())
                    .newValidator();
              } catch (SAXException e) {
                throw new IllegalStateException(name, e);
              }
            });
    validator.reset();
    validator.setErrorHandler(
        new ErrorHandler() {
          @Override
          public void warning(SAXParseException e) {
            // A hint, not a verdict.
          }

          @Override
          public void error(SAXParseException e) {
            errors.add(e.getLineNumber() + ": " + e.getMessage());
          }

          @Override
          public void fatalError(SAXParseException e) throws SAXException {
            throw e;
          }
        });
    return validator;
  }
}
