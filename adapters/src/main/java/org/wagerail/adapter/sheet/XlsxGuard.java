package org.wagerail.adapter.sheet;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Looks at a workbook before anything reads it: every part is inflated and counted, whatever its
 * header says, then every part's XML is read to its end as a stream. What the reader behind would
 * believe is refused here: document types, references beyond the sheet, texts that the file does
 * not have. The parts are found by the same library as the reader finds them, so both see the same.
 */
final class XlsxGuard {
  /** Of a small part it says nothing: a table of styles may repeat itself a thousand times. */
  private static final long RATIO_COUNTS_FROM = 1 << 20;

  private static final int DEEPEST = 64;

  /** Bytes from one tag to the next: the longest cell in its widest form, and no more. */
  private static final int LONGEST_TOKEN = 1 << 18;

  /** Characters of all texts that cells share, which the reader keeps in memory. */
  private static final long SHARED = 32L << 20;

  /** Names that the XML of one workbook may use: the parser keeps each. */
  private static final int NAMES = 4_000;

  private static final int ARRAY_FORMULAS = 100;
  private static final int COLUMNS = 16_384;
  private static final String WORKBOOK = "/xl/workbook.xml";
  private static final String RELATIONSHIPS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  private static final int MOST_LETTERS = 3;
  private static final int MOST_DIGITS = 9;
  private static final Pattern ACTIVE_NAME =
      Pattern.compile(
          ".*(vbaproject|/macrosheets/|/dialogsheets/|/activex/|/embeddings/|/externallinks/"
              + "|/connections\\.xml|/ctrlprops/).*");
  private static final Pattern ACTIVE_TYPE =
      Pattern.compile(
          ".*(macroenabled|vbaproject|activex|oleobject|externallink|xlmacrosheet|attachedtemplate).*"
              + "|.*/(package|control|connections)");

  private final SheetLimits limits;
  private final HashSet<String> names = new HashSet<>();
  private final Map<String, BitSet> hiddenColumns = new HashMap<>();
  private final Map<String, String> sheetPaths = new HashMap<>();
  private String firstSheet = "";
  private long inflated;
  private long shared = -1;
  private long sharedAsked = -1;
  private int arrayFormulas;

  private XlsxGuard(SheetLimits limits) {
    this.limits = limits;
  }

  /**
   * @return the columns of the first sheet that a spreadsheet does not show, from 0
   * @throws SheetFault for the first thing that is wrong
   */
  static BitSet check(byte[] file, SheetLimits limits) throws IOException {
    countHeaders(file, limits);
    try (var zip = open(file)) {
      var guard = new XlsxGuard(limits);
      guard.check(zip);
      var path = guard.sheetPaths.getOrDefault(guard.firstSheet, "");
      return guard.hiddenColumns.getOrDefault(path, new BitSet());
    }
  }

  private static ZipFile open(byte[] file) {
    try {
      return ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(file)).get();
    } catch (IOException | RuntimeException e) {
      throw new SheetFault(SheetRule.FILE_DAMAGED, String.valueOf(e.getMessage()));
    }
  }

  /** Before the directory is read, because that makes an object of each entry. */
  private static void countHeaders(byte[] file, SheetLimits limits) {
    int count = 0;
    for (int i = 0; i + 4 <= file.length; i++) {
      if (file[i] == 'P' && file[i + 1] == 'K' && file[i + 2] == 1 && file[i + 3] == 2) {
        count++;
      }
    }
    if (count > limits.entries()) {
      throw new SheetFault(SheetRule.FILE_TOO_MANY_ENTRIES, String.valueOf(count));
    }
  }

  private void check(ZipFile zip) throws IOException {
    var entries = Collections.list(zip.getEntries());
    names(zip, entries);
    for (var entry : entries) {
      inflate(zip, entry);
    }
    for (var entry : entries) {
      var name = entry.getName().toLowerCase(Locale.ROOT);
      if (name.endsWith(".xml") || name.endsWith(".rels")) {
        read(zip, entry);
      }
    }
    if (sharedAsked > shared) {
      throw new SheetFault(SheetRule.FILE_DAMAGED, "shared string " + sharedAsked);
    }
  }

  private static void names(ZipFile zip, List<ZipArchiveEntry> entries) {
    var seen = new HashSet<String>();
    for (var entry : entries) {
      var name = entry.getName();
      var folded = name.toLowerCase(Locale.ROOT);
      if (entry.isUnixSymlink() || isBad(name) || !seen.add(folded)) {
        throw new SheetFault(SheetRule.FILE_BAD_ENTRY_NAME, name);
      }
      if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry)) {
        throw new SheetFault(SheetRule.FILE_FORMAT_UNSUPPORTED, name);
      }
      if (ACTIVE_NAME.matcher("/" + folded).matches()) {
        throw new SheetFault(SheetRule.FILE_ACTIVE_CONTENT, name);
      }
    }
    if (seen.contains("xl/workbook.bin") || seen.contains("mimetype")) {
      throw new SheetFault(SheetRule.FILE_FORMAT_UNSUPPORTED, ".xlsb, .ods");
    }
    if (!seen.contains("[content_types].xml") || !seen.contains("xl/workbook.xml")) {
      throw new SheetFault(SheetRule.FILE_TYPE_MISMATCH, "zip");
    }
  }

  private static boolean isBad(String name) {
    return name.isEmpty()
        || name.startsWith("/")
        || name.indexOf('\\') >= 0
        || name.indexOf(':') >= 0
        || name.chars().anyMatch(c -> c < ' ')
        || List.of(name.split("/", -1)).contains("..");
  }

  private void inflate(ZipFile zip, ZipArchiveEntry entry) throws IOException {
    long size = 0;
    long most = Math.max(RATIO_COUNTS_FROM, entry.getCompressedSize() * limits.ratio());
    var piece = new byte[1 << 14];
    try (var in = zip.getInputStream(entry)) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (size == 0 && read >= 4 && piece[0] == 'P' && piece[1] == 'K' && piece[2] == 3) {
          throw new SheetFault(SheetRule.FILE_TOO_MANY_ENTRIES, entry.getName());
        }
        size += read;
        inflated += read;
        if (inflated > limits.inflated() || size > most) {
          throw new SheetFault(SheetRule.FILE_EXPANDS_TOO_MUCH, entry.getName());
        }
      }
    } catch (IOException e) {
      throw new SheetFault(SheetRule.FILE_DAMAGED, String.valueOf(e.getMessage()));
    }
    if (size != entry.getSize()) {
      throw new SheetFault(
          SheetRule.FILE_EXPANDS_TOO_MUCH, entry.getName() + ": " + entry.getSize() + " ≠ " + size);
    }
  }

  private void read(ZipFile zip, ZipArchiveEntry entry) throws IOException {
    try (var in = zip.getInputStream(entry)) {
      var xml = parser(new Tokens(in, limits));
      new Part(xml, entry.getName().toLowerCase(Locale.ROOT)).read();
      xml.close();
    } catch (SheetFault fault) {
      throw fault;
    } catch (XMLStreamException | RuntimeException e) {
      // The parser does not foresee every breach itself.
      var message = String.valueOf(e.getMessage());
      throw new SheetFault(SheetRule.XML_NOT_WELL_FORMED, entry.getName() + " " + message);
    }
  }

  /** Asked of every cell, so without a pattern. */
  private static boolean isCell(String place) {
    int letters = 0;
    while (letters < place.length()
        && place.charAt(letters) >= 'A'
        && place.charAt(letters) <= 'Z') {
      letters++;
    }
    return letters > 0 && letters <= MOST_LETTERS && isNumber(place, letters);
  }

  private static boolean isNumber(CharSequence text, int from) {
    if (from == text.length() || text.length() - from > MOST_DIGITS) {
      return false;
    }
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static XMLStreamReader parser(InputStream in) throws XMLStreamException {
    // A factory of its own for each part: names of a hostile file must not outlive it.
    var factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory.createXMLStreamReader(in);
  }

  /** One part's XML, read to its end. */
  private final class Part {
    private final XMLStreamReader xml;
    private final String path;
    private final List<String> open = new ArrayList<>();
    private String root = "";
    private long row;
    private long text;
    private long strings;
    private long held;
    private boolean sharedCell;
    private final StringBuilder index = new StringBuilder();

    private Part(XMLStreamReader xml, String path) {
      this.xml = xml;
      this.path = path;
    }

    private void read() throws XMLStreamException {
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.DTD -> throw new SheetFault(SheetRule.XML_DTD_FORBIDDEN, "");
          case XMLStreamConstants.START_ELEMENT -> begin(xml.getLocalName());
          case XMLStreamConstants.END_ELEMENT -> end();
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> characters();
          default -> {
            // Comments and the like say nothing; their length is limited where bytes are.
          }
        }
      }
      if (root.equals("sst")) {
        shared = strings - 1;
      }
    }

    private void begin(String name) {
      if (open.isEmpty()) {
        root = name;
      }
      open.add(name);
      if (open.size() > DEEPEST) {
        throw new SheetFault(SheetRule.XML_TOO_DEEP, String.valueOf(DEEPEST));
      }
      if (names.add(name) && names.size() > NAMES) {
        throw new SheetFault(SheetRule.FILE_DAMAGED, "names");
      }
      text = 0;
      switch (root) {
        case "worksheet" -> beginInSheet(name);
        case "sst" -> strings += name.equals("si") ? 1 : 0;
        case "Types" -> beginInTypes();
        case "Relationships" -> beginInRelationships();
        case "workbook" -> {
          if (name.equals("sheet") && firstSheet.isEmpty()) {
            var id = xml.getAttributeValue(RELATIONSHIPS, "id");
            firstSheet = id == null ? "" : id;
          }
        }
        default -> {
          // Styles, themes and the like.
        }
      }
    }

    /** The workbook is where every spreadsheet puts it, so that none reads another than we do. */
    private void beginInTypes() {
      var type = attribute("ContentType");
      refuseActive(type);
      var part = attribute("PartName");
      demand(!type.endsWith("sheet.main+xml") || part.isEmpty() || part.equals(WORKBOOK), part);
    }

    private void beginInRelationships() {
      refuseActive(attribute("Type"));
      if (path.equals("xl/_rels/workbook.xml.rels")) {
        var target = attribute("Target");
        sheetPaths.put(
            attribute("Id"),
            (target.startsWith("/") ? target.substring(1) : "xl/" + target)
                .toLowerCase(Locale.ROOT));
      }
    }

    private void hide(String from, String to) {
      demand(isNumber(from, 0) && isNumber(to, 0), "columns");
      hiddenColumns
          .computeIfAbsent(path, _ -> new BitSet())
          .set(
              Math.clamp(Long.parseLong(from) - 1, 0, COLUMNS),
              Math.clamp(Long.parseLong(to), 0, COLUMNS));
    }

    private void beginInSheet(String name) {
      switch (name) {
        case "col" -> {
          if (attribute("hidden").equals("1") || attribute("hidden").equals("true")) {
            hide(attribute("min"), attribute("max"));
          }
        }
        case "row" -> {
          var number = attribute("r");
          if (!number.isEmpty()) {
            demand(isNumber(number, 0) && Long.parseLong(number) > row, number);
            row = Long.parseLong(number);
          }
        }
        case "c" -> {
          var place = attribute("r");
          demand(place.isEmpty() || isCell(place), place);
          sharedCell = attribute("t").equals("s");
        }
        case "v" -> index.setLength(0);
        case "f" -> {
          arrayFormulas += attribute("t").equals("array") ? 1 : 0;
          demand(arrayFormulas <= ARRAY_FORMULAS, "array formulas");
        }
        default -> {
          // Nothing that the reader looks at.
        }
      }
    }

    private void end() {
      var name = open.removeLast();
      if (root.equals("worksheet") && name.equals("v") && sharedCell && !index.isEmpty()) {
        demand(isNumber(index, 0), "shared string " + index);
        sharedAsked = Math.max(sharedAsked, Long.parseLong(index.toString()));
      }
      text = 0;
    }

    private void characters() {
      int length = xml.getTextLength();
      text += length;
      if (text > limits.cell()) {
        throw new SheetFault(SheetRule.CELL_TOO_LONG, String.valueOf(limits.cell()));
      }
      if (root.equals("sst")) {
        sharedCharacters(length);
      } else if (sharedCell && open.getLast().equals("v") && index.length() < 20) {
        index.append(xml.getText(), 0, Math.min(length, 20));
      }
    }

    private void sharedCharacters(int length) {
      held += length;
      if (held > SHARED) {
        throw new SheetFault(SheetRule.FILE_EXPANDS_TOO_MUCH, "sharedStrings");
      }
    }

    private void refuseActive(String type) {
      if (ACTIVE_TYPE.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
        throw new SheetFault(SheetRule.FILE_ACTIVE_CONTENT, type);
      }
    }

    /** Asked for as the reader asks. */
    private String attribute(String name) {
      var value = xml.getAttributeValue(null, name);
      return value == null ? "" : value;
    }

    private void demand(boolean holds, String what) {
      if (!holds) {
        throw new SheetFault(SheetRule.FILE_DAMAGED, (int) Math.min(row, 1 << 20), what);
      }
    }
  }

  /** Lets no single token make the parser hold more than it should. */
  private static final class Tokens extends FilterInputStream {
    private final SheetLimits limits;
    private int token;

    private Tokens(InputStream in, SheetLimits limits) {
      super(in);
      this.limits = limits;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      for (int i = offset; i < offset + read; i++) {
        token = into[i] == '<' ? 0 : token + 1;
        if (token > LONGEST_TOKEN) {
          throw new SheetFault(SheetRule.CELL_TOO_LONG, String.valueOf(limits.cell()));
        }
      }
      return read;
    }
  }
}
