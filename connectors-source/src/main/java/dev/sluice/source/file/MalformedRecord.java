package dev.sluice.source.file;

/** Tells that the bytes of a record are not what the format asks for. Carries no stack trace. */
final class MalformedRecord extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean perhapsQuote;

  /**
   * A complaint.
   *
   * @param code a stable name, such as {@code csv-malformed}
   * @param complaint what is wrong; continues a sentence that begins with "Line 17 of x.csv"
   * @param perhapsQuote whether a stray quote may be the reason, so that a record of several lines
   *     may in truth be several
   */
  MalformedRecord(String code, String complaint, boolean perhapsQuote) {
    super(complaint, null, false, false);
    this.code = code;
    this.perhapsQuote = perhapsQuote;
  }

  MalformedRecord(String code, String complaint) {
    this(code, complaint, false);
  }

  boolean perhapsQuote() {
    return perhapsQuote;
  }

  String code() {
    return code;
  }
}
