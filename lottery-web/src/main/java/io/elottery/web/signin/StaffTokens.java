package io.elottery.web.signin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use the staff port: a file of lines {@code name role sha256(token) in hex}, read anew
 * when it changes; blank lines and lines that begin with {@code #} are left out. On the HTTP loop.
 *
 * <p>A token stands in no file of ours, only its hash. While the file cannot be read, the last one
 * that could holds.
 */
public final class StaffTokens {
  private static final Logger log = LoggerFactory.getLogger(StaffTokens.class);
  private static final Pattern LINE =
      Pattern.compile("([a-z0-9][a-z0-9._-]{0,31})\\s+([a-z]{1,16})\\s+([0-9a-f]{64})");

  private final Optional<Path> file;
  private List<Known> known = List.of();
  private @Nullable FileTime readAt;

  /**
   * @param file empty = nobody
   */
  public StaffTokens(Optional<Path> file) {
    this.file = file;
  }

  /** Whose token it is. */
  public Optional<StaffMember> member(String token) {
    file.ifPresent(this::refresh);
    byte[] digest = SessionToken.sha256(token);
    Optional<StaffMember> found = Optional.empty();
    for (Known one : known) { // All of them, whichever fits: time tells nothing.
      if (MessageDigest.isEqual(one.digest, digest)) {
        found = Optional.of(one.member);
      }
    }
    return found;
  }

  private void refresh(Path path) {
    try {
      FileTime changed = Files.getLastModifiedTime(path);
      if (!changed.equals(readAt)) {
        known = read(path);
        readAt = changed;
        log.info("staff.tokens: {} people may use the staff port", known.size());
      }
    } catch (IOException unreadable) {
      log.warn("staff.tokens {} cannot be read, the last ones hold: {}", path, unreadable);
    }
  }

  private static List<Known> read(Path path) throws IOException {
    List<Known> known = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(path)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      Matcher form = LINE.matcher(text);
      if (form.matches()) {
        known.add(
            new Known(
                new StaffMember(form.group(1), form.group(2).toLowerCase(Locale.ROOT)),
                HexFormat.of().parseHex(form.group(3))));
      } else {
        log.warn("staff.tokens {} line {}: expected name role sha256-hex; left out", path, number);
      }
    }
    return known;
  }

  private record Known(StaffMember member, byte[] digest) {}
}
