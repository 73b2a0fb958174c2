package io.elottery.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When servers are started with an archive of classes, and when a rehearsal makes one. */
class ClassArchiveTest {
  private final Path archive;
  private final List<String> said = new ArrayList<>();

  ClassArchiveTest(@TempDir Path directory) {
    archive = directory.resolve("classes.jsa");
  }

  @AfterEach
  void forget() {
    System.clearProperty(ClassArchive.PROPERTY);
  }

  @Test
  void isUsedOnlyWhenItIsNamedAndThereAndMade() throws IOException {
    assertThat(ClassArchive.flags()).as("not named").isEmpty();
    System.setProperty(ClassArchive.PROPERTY, archive.toString());
    assertThat(ClassArchive.flags()).as("not there").isEmpty();
    Files.createFile(archive);
    assertThat(ClassArchive.flags()).as("could not be made").isEmpty();
    Files.writeString(archive, "classes");

    assertThat(ClassArchive.flags()).contains("-XX:SharedArchiveFile=" + archive);
  }

  @Test
  void isMadeAnewWhenTheProgramIsNewer() throws IOException {
    assertThat(ClassArchive.isFresh(archive)).isFalse();
    Files.createFile(archive);
    Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(ClassArchive.isFresh(archive)).isTrue();
    Files.setLastModifiedTime(archive, FileTime.from(Instant.EPOCH));
    assertThat(ClassArchive.isFresh(archive)).isFalse();
  }

  @Test
  void isNotMadeForWhoeverDoesNotNameAFile() throws Exception {
    Rehearsal.ifNeeded(said::add);

    assertThat(said).isEmpty();
  }

  @Test
  void oneThatCannotBeMadeIsSaidAndNotTriedAgain() throws Exception {
    System.setProperty(ClassArchive.PROPERTY, archive.toString());
    String java = System.getProperty("java.home");
    System.setProperty("java.home", archive.resolveSibling("no-java").toString());
    try {
      Rehearsal.ifNeeded(said::add);
      Rehearsal.ifNeeded(said::add);
    } finally {
      System.setProperty("java.home", java);
    }

    assertThat(said).hasSize(2);
    assertThat(said.get(1)).startsWith("the rehearsal failed").contains("no-java");
    assertThat(ClassArchive.flags()).isEmpty();
  }
}
