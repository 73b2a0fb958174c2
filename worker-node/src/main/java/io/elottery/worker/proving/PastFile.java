package io.elottery.worker.proving;

import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.foundation.wire.WireReader;
import io.elottery.foundation.wire.WireWriter;
import io.elottery.reports.capacity.CapacityResult.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last {@value #KEPT} tests of this worker that it passed. Not flushed: it is no promise. */
final class PastFile {
  /** Tests kept. */
  static final int KEPT = 32;

  private static final Logger log = LoggerFactory.getLogger(PastFile.class);

  private final Path file;

  PastFile(Path file) {
    this.file = file;
  }

  List<Figures> read() {
    List<Figures> past = new ArrayList<>();
    if (Files.exists(file)) {
      try {
        WireReader in = new WireReader(Files.readAllBytes(file));
        for (int left = in.count(KEPT); left > 0; left--) {
          past.add(Figures.readFrom(in));
        }
      } catch (IOException | MalformedMessage unreadable) {
        log.warn("{} is passed over: {}", file, unreadable.getMessage());
      }
    }
    return past;
  }

  void add(Figures figures) throws IOException {
    List<Figures> past = new ArrayList<>(read());
    past.add(figures);
    List<Figures> kept = past.subList(Math.max(0, past.size() - KEPT), past.size());
    WireWriter out = new WireWriter().varint(kept.size());
    kept.forEach(one -> one.writeTo(out));
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, out.toBytes());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
