package dev.sluice.gateway.history;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is measured. The order is that in which series are given up when there are too many: the
 * last kinds first. Codes are on disk.
 */
public enum Kind {
  /** Free space of the data directory's disk, in bytes. */
  DISK_FREE(0, true, "bytes"),
  /** What the log takes on disk, in bytes. */
  LOG_SIZE(1, true, "bytes"),
  /** Records appended to all topics but the gateway's own. */
  RECORDS(2, false, "records/s"),
  /** Records that a connector carried. */
  CONNECTOR_RECORDS(3, false, "records/s"),
  /** Records that a connector set aside. */
  CONNECTOR_REJECTED(4, false, "records/s"),
  /** Records appended to a topic. */
  TOPIC_RECORDS(5, false, "records/s"),
  /** Records of a partition that wait for a group. */
  LAG(6, true, "records");

  private final int code;
  private final boolean isGauge;
  private final String unit;

  Kind(int code, boolean isGauge, String unit) {
    this.code = code;
    this.isGauge = isGauge;
    this.unit = unit;
  }

  int code() {
    return code;
  }

  /** Whether it is a state, of which the last is kept; else an amount, which is added up. */
  public boolean isGauge() {
    return isGauge;
  }

  /** The unit in which it is shown. */
  public String unit() {
    return unit;
  }

  /** As addresses have it: {@code topic-records}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind with this label. */
  public static Optional<Kind> ofLabel(String label) {
    return Stream.of(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  static Kind ofCode(int code) {
    return Stream.of(values())
        .filter(kind -> kind.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no kind of series " + code));
  }
}
