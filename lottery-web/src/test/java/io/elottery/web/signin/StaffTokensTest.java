package io.elottery.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StaffTokensTest {
  private final Path dir;

  StaffTokensTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void aTokenOfTheFileIsKnownAndOthersAreNot() throws IOException {
    Path file = write(1, "# staff\n\nops operations " + hash("secret-1") + "\nbroken line\n");
    StaffTokens tokens = new StaffTokens(Optional.of(file));

    assertThat(tokens.member("secret-1")).contains(new StaffMember("ops", "operations"));
    assertThat(tokens.member("secret-2")).isEmpty();
    assertThat(tokens.member("")).isEmpty();
    assertThat(tokens.member(hash("secret-1"))).isEmpty();
  }

  @Test
  void aChangedFileIsReadAnew() throws IOException {
    StaffTokens tokens =
        new StaffTokens(Optional.of(write(1, "ops operations " + hash("secret-1"))));
    assertThat(tokens.member("secret-1")).isPresent();

    write(2, "ops operations " + hash("secret-2"));

    assertThat(tokens.member("secret-1")).isEmpty();
    assertThat(tokens.member("secret-2")).isPresent();
  }

  @Test
  void withoutFileNobodyIsKnown() {
    assertThat(new StaffTokens(Optional.empty()).member("secret-1")).isEmpty();
    assertThat(new StaffTokens(Optional.of(dir.resolve("none"))).member("secret-1")).isEmpty();
  }

  private Path write(int second, String text) throws IOException {
    Path file = dir.resolve("staff.tokens");
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    return file;
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(SessionToken.sha256(text));
  }
}
