package dev.sluice.log.recovery;

import dev.sluice.log.epoch.EpochHistory;
import dev.sluice.log.epoch.EpochStart;
import dev.sluice.log.record.BatchHeader;
import dev.sluice.log.segment.BatchInfo;
import dev.sluice.log.segment.BatchScanner;
import dev.sluice.log.segment.LogSegment;
import java.io.IOException;
import java.util.List;

/** Reads leader epochs from the headers of batches, for the case that their file is damaged. */
final class EpochScan {

  private static final int WINDOW_BYTES = 64 * 1024;
  private static final int NO_EPOCH = -1;

  private EpochScan() {}

  /** The epochs of a log; bytes that are no batch end it, and are somebody else's business. */
  static EpochHistory of(List<LogSegment> segments) throws IOException {
    EpochHistory history = EpochHistory.EMPTY;
    for (LogSegment segment : segments) {
      BatchScanner scanner = segment.scanner(0, segment.sizeBytes(), false, WINDOW_BYTES);
      for (BatchInfo batch = scanner.next(); batch != null; batch = scanner.next()) {
        int epoch = BatchHeader.leaderEpoch(scanner.header(), 0);
        if (epoch > history.latest().map(EpochStart::epoch).orElse(NO_EPOCH)) {
          history = history.with(new EpochStart(epoch, batch.baseOffset()));
        }
      }
    }
    return history;
  }
}
