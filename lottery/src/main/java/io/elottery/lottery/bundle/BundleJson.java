package io.elottery.lottery.bundle;

import io.elottery.foundation.hash.Sha256;
import io.elottery.lottery.canonical.BytesText;
import io.elottery.lottery.canonical.FieldReader;
import io.elottery.lottery.canonical.Json;
import io.elottery.lottery.canonical.JsonRefused;
import io.elottery.lottery.numbers.Numbers;
import io.elottery.lottery.prizes.TierCount;
import io.elottery.lottery.rules.Rules;
import io.elottery.lottery.shares.PartySignature;
import io.elottery.lottery.shares.SealedShare;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** The JSON form of bundles. */
final class BundleJson {
  private BundleJson() {}

  static Json.Fields write(Bundle bundle) {
    Json.Fields json =
        Json.fields()
            .with("format", Bundle.FORMAT)
            .with("draw", bundle.draw().toString())
            .with("game", bundle.game().toJson())
            .with("rulesHash", BytesText.hex(bundle.rulesHash()))
            .with("build", BytesText.hex(bundle.build()))
            .with("parties", bundle.parties().stream().map(BundleParty::toJson).toList())
            .with("size", bundle.size())
            .with("root", BytesText.hex(bundle.root()))
            .with("seed", BytesText.hex(bundle.seed()))
            .with("numbers", bundle.numbers().toJson())
            .with("winners", bundle.winners().stream().map(TierCount::toJson).toList())
            .with("carriedIn", bundle.carriedIn())
            .with("status", bundle.status().name())
            .with(
                "certified",
                Json.fields()
                    .with("by", bundle.certified().by())
                    .with("at", bundle.certified().at().toString())
                    .with("signature", BytesText.base64(bundle.certified().signature())));
    return bundle
        .tickets()
        .match(
            new Tickets.Cases<>() {
              @Override
              public Json.Fields leaves(List<byte[]> leaves) {
                return json.with("leaves", texts(leaves, true));
              }

              @Override
              public Json.Fields hashes(List<byte[]> leafHashes, String leavesUrl) {
                return json.with("leafHashes", texts(leafHashes, false))
                    .with("leavesUrl", leavesUrl);
              }
            });
  }

  private static Json.Items texts(List<byte[]> values, boolean base64) {
    return new Json.Items(
        values.stream()
            .map(
                each -> (Json) new Json.Text(base64 ? BytesText.base64(each) : BytesText.hex(each)))
            .toList());
  }

  static Json.Fields withoutSignature(Json.Fields bundle) {
    return bundle.values().get("certified") instanceof Json.Fields certified
        ? bundle.with("certified", certified.without("signature"))
        : bundle;
  }

  static Bundle read(Json json) throws JsonRefused {
    FieldReader in = FieldReader.of("bundle", json);
    if (!in.text("format").equals(Bundle.FORMAT)) {
      throw new JsonRefused("bundle.format: expected " + Bundle.FORMAT);
    }
    Bundle bundle =
        new Bundle(
            draw(in.text("draw")),
            Rules.fromJson(in.object("game")),
            in.hex("rulesHash", Sha256.LENGTH),
            in.hex("build", Sha256.LENGTH),
            parties(in.items("parties")),
            in.whole("size", 0, Integer.MAX_VALUE),
            in.hex("root", Sha256.LENGTH),
            tickets(in),
            in.hex("seed", Sha256.LENGTH),
            Numbers.fromJson("bundle.numbers", in.object("numbers")),
            winners(in.items("winners")),
            in.whole("carriedIn", 0, Json.WHOLE_LIMIT - 1),
            status(in.text("status")),
            certificate(in.object("certified")));
    in.done();
    return bundle;
  }

  private static DrawName draw(String text) throws JsonRefused {
    try {
      return DrawName.parse(text);
    } catch (IllegalArgumentException notADraw) {
      throw new JsonRefused("bundle.draw: " + notADraw.getMessage());
    }
  }

  private static BundleStatus status(String text) throws JsonRefused {
    for (BundleStatus status : BundleStatus.values()) {
      if (status.name().equals(text)) {
        return status;
      }
    }
    throw new JsonRefused("bundle.status: expected CERTIFIED, DISPUTED or VOID");
  }

  private static List<BundleParty> parties(List<Json> items) throws JsonRefused {
    List<BundleParty> parties = new ArrayList<>();
    for (Json item : items) {
      parties.add(BundleParty.fromJson("bundle.parties[" + parties.size() + "]", item));
    }
    return parties;
  }

  private static List<TierCount> winners(List<Json> items) throws JsonRefused {
    List<TierCount> winners = new ArrayList<>();
    for (Json item : items) {
      winners.add(TierCount.fromJson("bundle.winners[" + winners.size() + "]", item));
    }
    return winners;
  }

  private static Tickets tickets(FieldReader in) throws JsonRefused {
    if (in.has("leafHashes")) {
      List<byte[]> hashes = new ArrayList<>();
      for (String text : in.texts("leafHashes")) {
        hashes.add(
            BytesText.fromHex(text)
                .filter(hash -> hash.length == Sha256.LENGTH)
                .orElseThrow(() -> new JsonRefused("bundle.leafHashes: expected 32 bytes in hex")));
      }
      if (hashes.size() <= Bundle.LEAVES_MAX) {
        throw new JsonRefused("bundle: up to " + Bundle.LEAVES_MAX + " tickets have \"leaves\"");
      }
      return new Tickets.Hashes(hashes, in.text("leavesUrl"));
    }
    List<byte[]> leaves = new ArrayList<>();
    for (String text : in.texts("leaves")) {
      leaves.add(
          BytesText.fromBase64(text)
              .orElseThrow(() -> new JsonRefused("bundle.leaves: expected padded base64")));
    }
    if (leaves.size() > Bundle.LEAVES_MAX) {
      throw new JsonRefused("bundle.leaves: at most " + Bundle.LEAVES_MAX);
    }
    return new Tickets.Leaves(leaves);
  }

  private static Certificate certificate(Json json) throws JsonRefused {
    FieldReader in = FieldReader.of("bundle.certified", json);
    String by = in.text("by");
    String at = in.text("at");
    byte[] signature = in.base64("signature", PartySignature.LENGTH);
    in.done();
    if (!SealedShare.isPartyName(by)) {
      throw new JsonRefused("bundle.certified.by: expected a party's name");
    }
    try {
      Instant instant = Instant.parse(at);
      if (instant.toString().equals(at)) {
        return new Certificate(by, instant, signature);
      }
    } catch (DateTimeParseException notAnInstant) {
      // Falls through: the same answer as for an instant in another spelling.
    }
    throw new JsonRefused("bundle.certified.at: expected ISO 8601 in UTC");
  }
}
