package dev.sluice.source.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CSV records as maps from column to field. Columns come from the first record of the file or from
 * the options; without either, records are lists of fields. Blank lines are skipped.
 */
final class CsvParser implements RecordParser {

  /** A number as in JSON: no plus sign, no leading zeros, so that 007 stays text. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?");

  private final FileOptions.Csv options;
  private final CsvReader.CsvReaderBuilder reader;
  private final Utf8 utf8 = new Utf8();
  private boolean headerPending;
  private @Nullable List<String> columns;

  CsvParser(FileOptions.Csv options) {
    this.options = options;
    this.reader = CsvReader.builder().fieldSeparator(options.delimiter()).skipEmptyLines(false);
    this.headerPending = options.header();
    this.columns = options.columns().isEmpty() ? null : options.columns();
  }

  /** Whether the next record is taken as the header. */
  boolean headerPending() {
    return headerPending;
  }

  @Override
  public void skipped() {
    headerPending = false;
  }

  @Override
  public @Nullable Object parse(byte[] bytes, int from, int to, boolean ascii)
      throws MalformedRecord {
    if (from == to) {
      return null;
    }
    if (headerPending) {
      headerPending = false;
      columns = header(fields(bytes, from, to, ascii));
      return null;
    }
    if (options.header() && columns == null) {
      throw new MalformedRecord("csv-header", "has no column names, since the header is malformed");
    }
    List<String> fields = fields(bytes, from, to, ascii);
    return columns == null ? fields.stream().map(this::value).toList() : row(columns, fields);
  }

  private List<String> fields(byte[] bytes, int from, int to, boolean ascii)
      throws MalformedRecord {
    if (!ascii) {
      utf8.check(bytes, from, to);
    }
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    try {
      return reader.ofSingleCsvRecord(text).getFields();
    } catch (CsvParseException malformed) {
      Throwable cause = malformed.getCause() == null ? malformed : malformed.getCause();
      throw new MalformedRecord("csv-malformed", "is not CSV: " + cause.getMessage(), true);
    }
  }

  private static List<String> header(List<String> names) throws MalformedRecord {
    if (new HashSet<>(names).size() < names.size()) {
      throw new MalformedRecord("csv-header", "names a column twice: " + names);
    }
    return names;
  }

  private Map<String, Object> row(List<String> names, List<String> fields) throws MalformedRecord {
    if (fields.size() != names.size()) {
      throw new MalformedRecord(
          "csv-columns",
          "has " + fields.size() + " fields, but there are " + names.size() + " columns");
    }
    Map<String, Object> row = LinkedHashMap.newLinkedHashMap(names.size());
    for (int i = 0; i < names.size(); i++) {
      row.put(names.get(i), value(fields.get(i)));
    }
    return row;
  }

  private Object value(String field) {
    if (!options.inferTypes()) {
      return field;
    }
    return switch (field) {
      case "true" -> true;
      case "false" -> false;
      default -> NUMBER.matcher(field).matches() ? new BigDecimal(field) : field;
    };
  }
}
