package dev.sluice.source.jdbc;

/** Shows JDBC URLs without what may be secret in them. */
final class SafeUrl {

  private SafeUrl() {}

  /**
   * The URL without user, password and parameters: everything between the subprotocol and the last
   * {@code @} is cut, and everything from the first {@code ?} or {@code ;} behind that. Cuts rather
   * too much than too little.
   */
  static String of(String url) {
    int at = url.lastIndexOf('@');
    String shown = url;
    if (at >= 0) {
      int subprotocol = url.indexOf(':', url.indexOf(':') + 1);
      String kept = url.substring(0, Math.max(0, Math.min(subprotocol, at)) + 1);
      shown = kept + "//" + url.substring(at + 1);
    }
    int parameters = firstOf(shown, '?', ';');
    return parameters < 0 ? shown : shown.substring(0, parameters);
  }

  private static int firstOf(String text, char one, char other) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == one || text.charAt(i) == other) {
        return i;
      }
    }
    return -1;
  }
}
