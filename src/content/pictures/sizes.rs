//! A large photograph in sizes that fit a screen. They are made once, and kept
//! in a folder of their own under the hash of what they were made of; whoever
//! empties the folder loses nothing.

use std::{collections::BTreeSet, fs, io, path::Path};

use image::ImageError;

use super::{
    image_file,
    images::{Image, Images},
    photograph::Photograph,
};

/// How wide they are; a picture less wide is its own last size.
const WIDTHS: [u32; 4] = [480, 960, 1600, 2400];
/// Behind the name of a file that is still being written.
const PART: &str = ".part";

/// The sizes of one picture as files, the smallest first. An empty one took no
/// fewer bytes than the picture itself.
pub type Made = Vec<Vec<u8>>;

/// The picture with its sizes, where all of them have been made.
pub fn found(folder: &Path, image: Image) -> Image {
    if !image.wants_sizes() {
        return image;
    }
    match read(folder, &image) {
        Some(made) => with_sizes(&image, made).unwrap_or(image),
        None => image,
    }
}

/// True when the sizes of a picture that has none have been made since.
pub fn are_made(folder: &Path, image: &Image) -> bool {
    image.wants_sizes() && read(folder, image).and_then(|made| with_sizes(image, made)).is_some()
}

fn read(folder: &Path, image: &Image) -> Option<Made> {
    widths(image).into_iter().map(|width| fs::read(folder.join(name(image, width))).ok()).collect()
}

/// The picture with the sizes that have been made; `None` where one of them is not whole.
pub fn with_sizes(image: &Image, made: Made) -> Option<Image> {
    let mut sizes = Vec::new();
    let widths = widths(image);
    for (width, bytes) in widths.iter().zip(made) {
        if bytes.is_empty() {
            if Some(width) == widths.last() {
                sizes.push(image.clone());
            }
            continue;
        }
        let media_type = image_file::kind(&bytes)?;
        // A machine that died may have left a part of it.
        image_file::is_whole(media_type, &bytes).then_some(())?;
        let version = format!("{}-{width}", image.version);
        let size = Some(image_file::size(media_type, &bytes)?);
        let bytes = bytes.into();
        sizes.push(Image { bytes, media_type, version, size, orientation: 1, ..image.clone() });
    }
    let largest = sizes.last()?.clone();
    // In place of the file as it is: whoever knows the name alone needs no more.
    Some(Image { sizes, hash: image.hash.clone(), title: image.title.clone(), ..largest })
}

/// Makes all sizes of a picture.
pub fn make(image: &Image) -> Result<Made, ImageError> {
    let mut photograph = Photograph::read(&image.bytes, image.media_type, image.orientation)?;
    let mut made = Vec::new();
    for width in widths(image).into_iter().rev() {
        photograph.reduce(width);
        let bytes = photograph.encoded()?;
        // Whatever it takes, it is to stand upright.
        let is_worth_it = image.orientation != 1 || bytes.len() < image.bytes.len() / 10 * 9;
        made.push(if is_worth_it { bytes } else { Vec::new() });
    }
    made.reverse();
    Ok(made)
}

/// Keeps them for the next start.
pub fn keep(folder: &Path, image: &Image, made: &Made) -> io::Result<()> {
    // Nothing is made where the folder is gone that it lies in: that may come back.
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    for (width, bytes) in widths(image).into_iter().zip(made) {
        let (part, whole) = (folder.join(name(image, width) + PART), folder.join(name(image, width)));
        fs::write(&part, bytes)?;
        fs::rename(part, whole)?;
    }
    Ok(())
}

/// An icon in other sizes. Of the one that is `opaque` nothing can be seen through.
pub fn of_icon(icon: &Image, widths: &[u32], opaque: u32) -> Result<Vec<Image>, ImageError> {
    let mut photograph = Photograph::read(&icon.bytes, icon.media_type, icon.orientation)?;
    let mut sizes = Vec::new();
    for width in widths.iter().copied().rev() {
        photograph.reduce(width);
        let bytes = if width == opaque { photograph.on_paper().png()? } else { photograph.png()? };
        let (bytes, version) = (bytes.into(), format!("{}-{width}", icon.version));
        sizes.push(Image { bytes, version, size: Some((width, width)), orientation: 1, ..icon.clone() });
    }
    sizes.reverse();
    Ok(sizes)
}

/// Removes the sizes of pictures that there are no more.
pub fn tidy(folder: &Path, images: &Images) -> io::Result<()> {
    let known: BTreeSet<&str> = images.values().map(|image| image.hash.as_str()).collect();
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let file = entry.file_name();
        let hash = file.to_str().and_then(|name| name.split_once('-')).map(|(hash, _)| hash);
        if hash.is_some_and(|hash| !known.contains(hash)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn name(image: &Image, width: u32) -> String {
    format!("{}-{width}", image.hash)
}

fn widths(image: &Image) -> Vec<u32> {
    let own = image.size.map_or(0, |(width, _)| width);
    let largest = own.min(WIDTHS[WIDTHS.len() - 1]);
    WIDTHS.into_iter().filter(|width| *width < largest).chain([largest]).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;

    /// Nothing that could be packed well.
    fn noise(x: u32, y: u32) -> [u8; 3] {
        let n = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519);
        n.to_be_bytes()[..3].try_into().expect("three")
    }

    fn picture(name: &str, pixels: &DynamicImage) -> Image {
        let format = if name.ends_with(".png") { ImageFormat::Png } else { ImageFormat::Jpeg };
        let mut bytes = Cursor::new(Vec::new());
        pixels.write_to(&mut bytes, format).expect("written");
        Image::new(name, bytes.into_inner()).expect("a picture")
    }

    fn made(folder: &Path, image: &Image) -> Image {
        assert!(image.wants_sizes() && !are_made(folder, image));
        assert_eq!(found(folder, image.clone()), *image);
        keep(folder, image, &make(image).expect("made")).expect("kept");
        assert!(are_made(folder, image));
        found(folder, image.clone())
    }

    #[test]
    fn a_wide_photograph_comes_in_sizes_that_fit() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("pictures");
        let wide = RgbImage::from_fn(2600, 26, |x, y| Rgb(noise(x, y)));
        let image = made(&folder, &picture("a.jpg", &wide.into()));
        let sizes: Vec<_> = image.sizes.iter().map(|size| size.size.expect("a size")).collect();
        assert_eq!(sizes, [(480, 5), (960, 10), (1600, 16), (2400, 24)]);
        assert_eq!((image.size, &image.bytes), (Some((2400, 24)), &image.sizes[3].bytes));
        assert!(image.sizes.is_sorted_by_key(|size| size.bytes.len()));
        assert_eq!(image.of_version(Some(&image.sizes[1].version)).size, Some((960, 10)));
        assert!(!image.wants_sizes(), "it has them");
    }

    #[test]
    fn a_photograph_that_was_held_sideways_stands_upright_without_saying_so() {
        let folder = tempfile::tempdir().expect("a folder");
        // Red at its left, which is its top once it stands.
        let lies = RgbImage::from_fn(64, 32, |x, _| Rgb(if x < 32 { [255, 0, 0] } else { [0, 0, 255] }));
        let mut bytes = Cursor::new(Vec::new());
        lies.write_to(&mut bytes, ImageFormat::Jpeg).expect("written");
        let bytes = bytes.into_inner();
        let exif = b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let image = Image::new("a.jpg", [&bytes[..2], exif, &bytes[2..]].concat()).expect("a picture");
        assert_eq!((image.size, image.orientation), (Some((32, 64)), 6));
        let image = made(folder.path(), &image);
        assert_eq!(image.size, Some((32, 64)));
        assert!(!image.bytes.windows(4).any(|part| part == b"Exif"));
        let shown = image::load_from_memory(&image.bytes).expect("a picture").into_rgb8();
        assert_eq!(shown.dimensions(), (32, 64));
        let (top, foot) = (shown.get_pixel(16, 8).0, shown.get_pixel(16, 56).0);
        assert!(top[0] > 200 && foot[2] > 200, "{top:?} {foot:?}");
    }

    #[test]
    fn a_webp_that_lies_on_its_side_becomes_a_jpeg_that_stands() {
        let folder = tempfile::tempdir().expect("a folder");
        let lies =
            RgbImage::from_fn(64, 32, |x, y| Rgb([if x < 32 { 255 } else { 0 }, noise(x, y)[0] / 4, 0]));
        let mut plain = Cursor::new(Vec::new());
        lies.write_to(&mut plain, ImageFormat::WebP).expect("written");
        let chunk = |kind: &[u8; 4], inside: &[u8]| {
            let length = u32::try_from(inside.len()).expect("small").to_le_bytes();
            [&kind[..], &length, inside, &vec![0; inside.len() % 2]].concat()
        };
        let webp = |flags: u8, exif: &[u8]| {
            let parts =
                [&chunk(b"VP8X", &[flags, 0, 0, 0, 63, 0, 0, 31, 0, 0]), &plain.get_ref()[12..], exif];
            let bytes = chunk(b"RIFF", &[b"WEBP", &parts.concat()[..]].concat());
            Image::new("a.webp", bytes).expect("a picture")
        };
        let turned = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0GPS";
        let image = webp(8, &chunk(b"EXIF", turned));
        assert_eq!((image.media_type, image.size), ("image/webp", Some((32, 64))));
        let image = made(folder.path(), &image);
        assert_eq!((image.media_type, image.size), ("image/jpeg", Some((32, 64))));
        let shown = image::load_from_memory(&image.bytes).expect("a picture").into_rgb8();
        let (top, foot) = (shown.get_pixel(16, 8).0, shown.get_pixel(16, 56).0);
        assert!(top[0] > 200 && foot[0] < 50, "{top:?} {foot:?}");
        assert!(!webp(0, b"").wants_sizes(), "one that stands is served as it is");
        assert!(!webp(10, &chunk(b"EXIF", turned)).wants_sizes(), "and so is a film");
    }

    #[test]
    fn what_can_be_seen_through_stays_so_and_a_photograph_becomes_a_jpeg() {
        let folder = tempfile::tempdir().expect("a folder");
        let glass = RgbaImage::from_fn(1700, 20, |x, y| {
            let [r, g, b] = noise(x, y);
            Rgba([r, g, b, 128])
        });
        let image = made(folder.path(), &picture("a.png", &glass.into()));
        assert!(image.sizes.iter().all(|size| size.media_type == "image/png"));
        let soft = RgbImage::from_fn(1700, 60, |x, y| {
            let [r, ..] = noise(x, y);
            Rgb([(x / 8) as u8 ^ (r & 3), (y * 3) as u8 ^ (r & 7), 90 + (r & 3)])
        });
        let image = made(folder.path(), &picture("b.png", &soft.into()));
        assert!(image.sizes.iter().all(|size| size.media_type == "image/jpeg"), "{:?}", image.sizes);
    }

    #[test]
    fn the_color_of_what_cannot_be_seen_does_not_bleed() {
        // A white half on black that cannot be seen; made smaller, its edge stays white.
        let half = RgbaImage::from_fn(600, 600, |x, _| Rgba(if x < 301 { [255; 4] } else { [0; 4] }));
        let sizes = of_icon(&picture("a.png", &half.into()), &[32, 180, 512], 180).expect("made");
        for size in &sizes {
            let pixels = image::load_from_memory(&size.bytes).expect("a picture").into_rgba8();
            assert_eq!(size.size, Some(pixels.dimensions()));
            let is_white =
                |pixel: &Rgba<u8>| pixel.0[3] == 0 || pixel.0[..3].iter().all(|color| *color > 240);
            assert!(pixels.pixels().all(is_white), "{:?}", size.size);
            let is_opaque = pixels.pixels().all(|pixel| pixel.0[3] == 255);
            assert_eq!(is_opaque, size.size == Some((180, 180)));
        }
        assert_eq!(sizes.len(), 3);
    }

    #[test]
    fn what_takes_no_fewer_bytes_is_not_used() {
        let folder = tempfile::tempdir().expect("a folder");
        let plain = RgbImage::from_fn(1700, 600, |x, _| Rgb([if x % 2 == 0 { 0 } else { 255 }; 3]));
        let image = picture("a.png", &plain.into());
        let with_sizes = made(folder.path(), &image);
        assert_eq!(with_sizes.bytes, image.bytes);
        assert_eq!(with_sizes.sizes.last().map(|size| &size.version), Some(&image.version));
    }

    #[test]
    fn sizes_of_pictures_that_are_gone_go_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let wide = RgbImage::from_fn(1700, 10, |x, y| Rgb(noise(x, y)));
        let image = made(folder.path(), &picture("a.jpg", &wide.into()));
        let files = || fs::read_dir(folder.path()).expect("a folder").count();
        tidy(folder.path(), &Images::from([("a.jpg".to_owned(), image)])).expect("tidy");
        assert_eq!(files(), 4);
        tidy(folder.path(), &Images::new()).expect("tidy");
        assert_eq!(files(), 0);
    }

    #[test]
    fn a_file_that_is_no_picture_inside_is_an_error() {
        let wide = RgbImage::from_fn(1700, 10, |x, y| Rgb(noise(x, y)));
        let image = picture("a.jpg", &wide.into());
        let broken = Image { bytes: image.bytes[..200].into(), ..image };
        assert!(make(&broken).is_err());
    }
}
