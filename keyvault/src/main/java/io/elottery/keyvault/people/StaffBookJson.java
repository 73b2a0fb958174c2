package io.elottery.keyvault.people;

import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.wire.MalformedMessage;
import io.elottery.keyvault.seal.KdfCost;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.CanonicalJson;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The staff book's bytes, as they are signed: canonical JSON, format 1. */
public final class StaffBookJson {
  /** The signed record's name. */
  public static final String RECORD = "staff";

  private static final int FORMAT = 1;

  private StaffBookJson() {}

  /** The bytes. */
  public static byte[] write(StaffBook book) {
    return CanonicalJson.write(
        Json.fields()
            .with("applied", texts(book.applied()))
            .with("format", FORMAT)
            .with("members", book.members().values().stream().map(StaffBookJson::member).toList()));
  }

  /** Reads what {@link #write} wrote. */
  public static StaffBook read(byte[] bytes) throws MalformedMessage {
    try {
      FieldReader in = FieldReader.of("staff book", CanonicalJson.parse(bytes));
      in.number("format", FORMAT, FORMAT);
      List<StaffMember> members = new ArrayList<>();
      for (Json item : in.items("members")) {
        members.add(member(FieldReader.of("member", item)));
      }
      List<String> applied = in.texts("applied");
      in.done();
      return new StaffBook(StaffBook.of(members).members(), applied);
    } catch (JsonRefused | IllegalArgumentException | DateTimeException malformed) {
      throw new MalformedMessage(String.valueOf(malformed.getMessage()));
    }
  }

  private static Json member(StaffMember member) {
    Credentials credentials = member.credentials();
    Json.Fields json =
        Json.fields()
            .with("branch", member.branch())
            .with("disabled", member.disabled() ? 1 : 0)
            .with("name", member.name())
            .with("person", member.person())
            .with("roles", texts(member.roles().stream().map(StaffRole::text).toList()))
            .with("set", member.set().map(Hemisphere::name).orElse(""))
            .with("token", credentials.token().orElse(""));
    if (credentials.password().isPresent()) {
      PasswordHash hash = credentials.password().get();
      json =
          json.with(
              "password",
              Json.fields()
                  .with("hash", BytesText.hex(hash.hash()))
                  .with("iterations", hash.cost().iterations())
                  .with("lanes", hash.cost().lanes())
                  .with("memoryKib", hash.cost().memoryKib())
                  .with("salt", BytesText.hex(hash.salt())));
    }
    if (credentials.invitation().isPresent()) {
      Invitation invitation = credentials.invitation().get();
      json =
          json.with(
              "invitation",
              Json.fields()
                  .with("digest", invitation.digest())
                  .with("until", invitation.until().toString()));
    }
    return json;
  }

  private static StaffMember member(FieldReader in) throws JsonRefused {
    TreeSet<StaffRole> roles = new TreeSet<>();
    for (String role : in.texts("roles")) {
      roles.add(StaffRole.parse(role));
    }
    Optional<Invitation> invitation = Optional.empty();
    if (in.has("invitation")) {
      FieldReader one = FieldReader.of("invitation", in.object("invitation"));
      invitation =
          Optional.of(new Invitation(one.text("digest"), Instant.parse(one.text("until"))));
      one.done();
    }
    StaffMember member =
        new StaffMember(
            in.text("name"),
            in.text("person"),
            roles,
            in.text("branch"),
            given(in.text("set")).map(Hemisphere::valueOf),
            in.number("disabled", 0, 1) == 1,
            new Credentials(given(in.text("token")), password(in), invitation));
    in.done();
    return member;
  }

  private static Optional<PasswordHash> password(FieldReader in) throws JsonRefused {
    if (!in.has("password")) {
      return Optional.empty();
    }
    FieldReader hash = FieldReader.of("password", in.object("password"));
    PasswordHash password =
        new PasswordHash(
            new KdfCost(
                hash.number("memoryKib", 1, Integer.MAX_VALUE),
                hash.number("iterations", 1, Integer.MAX_VALUE),
                hash.number("lanes", 1, Integer.MAX_VALUE)),
            hash.hex("salt", PasswordHash.SALT_LENGTH),
            hash.hex("hash", PasswordHash.HASH_LENGTH));
    hash.done();
    return Optional.of(password);
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static List<Json> texts(List<String> values) {
    return values.stream().map(value -> (Json) new Json.Text(value)).toList();
  }
}
