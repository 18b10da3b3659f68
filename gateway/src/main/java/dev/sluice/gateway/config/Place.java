package dev.sluice.gateway.config;

/**
 * Where something stands in a file.
 *
 * @param file the file as people named it
 * @param line from 1; 0 for the file as a whole
 * @param column from 1; 0 for the file as a whole
 */
record Place(String file, int line, int column) {

  static Place wholeFile(String file) {
    return new Place(file, 0, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
