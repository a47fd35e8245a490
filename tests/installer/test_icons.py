from installer import icons


def test_every_kind_of_file_has_its_own_icon_in_every_size(tmp_path):
    icons.write(tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.png")}
    assert len(names) == len(icons.SIZES) * (1 + len(icons.FILES))
    assert "16x16/mimetypes/application-x-village-ledger-book.png" in names
    drawn = [icons.picture(icons.file_drawing(kind), 48) for kind in icons.FILES]
    assert all(drawn[0] != other for other in drawn[1:])
    assert drawn[0].pixelColor(0, 0).alpha() == 0
    assert drawn[0].pixelColor(24, 34).name() == icons.FILES["book"]
